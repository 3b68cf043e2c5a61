using System.Globalization;
using Microsoft.Playwright;

namespace Lanthorn.EndToEnd;

/// <summary>
/// Whether two pictures look the same to somebody who looks from afar: both in grey, as squares of twelve pixels, of which the
/// eight by eight that differ most count. Another build of the browser draws letters a little differently and stays below the
/// limit; a panel, a line or a column that is missing does not.
/// </summary>
internal static class PictureComparison
{
    /// <summary>Mean difference of grey in the part that differs most, of 255.</summary>
    public const double Limit = 4;

    private const string Script = """
        async ([one, other]) => {
          const grey = async base64 => {
            const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
            const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
            const canvas = new OffscreenCanvas(image.width, image.height);
            const context = canvas.getContext('2d', { willReadFrequently: true });
            context.drawImage(image, 0, 0);
            const { data } = context.getImageData(0, 0, image.width, image.height);
            const [columns, rows] = [Math.ceil(image.width / 12), Math.ceil(image.height / 12)];
            const sums = new Float64Array(columns * rows), counts = new Float64Array(columns * rows);
            for (let y = 0, at = 0; y < image.height; y++)
              for (let x = 0; x < image.width; x++, at += 4) {
                const square = Math.floor(y / 12) * columns + Math.floor(x / 12);
                sums[square] += 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
                counts[square]++;
              }
            return { size: `${image.width} x ${image.height}`, columns, rows, squares: sums.map((sum, i) => sum / counts[i]) };
          };
          const [a, b] = [await grey(one), await grey(other)];
          if (a.size !== b.size) return -1;
          let worst = 0;
          for (let top = 0; top < a.rows; top += 4)
            for (let left = 0; left < a.columns; left += 4) {
              let sum = 0, count = 0;
              for (let y = top; y < Math.min(top + 8, a.rows); y++)
                for (let x = left; x < Math.min(left + 8, a.columns); x++, count++)
                  sum += Math.abs(a.squares[y * a.columns + x] - b.squares[y * a.columns + x]);
              if (count >= 32) worst = Math.max(worst, sum / count);
            }
          return worst;
        }
        """;

    /// <summary>How far two pictures are apart, as <see cref="Limit"/> counts; infinite where their sizes differ.</summary>
    /// <param name="page">Any page without a policy that forbids it: an empty one.</param>
    public static async Task<double> DifferenceAsync(IPage page, byte[] one, byte[] other)
    {
        var worst = await page.EvaluateAsync<double>(
            Script,
            new[] { Convert.ToBase64String(one), Convert.ToBase64String(other) }
        );
        return worst < 0 ? double.PositiveInfinity : worst;
    }

    public static string InWords(double difference) => difference.ToString("0.00", CultureInfo.InvariantCulture);
}
