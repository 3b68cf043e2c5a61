using Lanthorn.Formats;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Http;

namespace Lanthorn.Screening.Batch;

/// <summary>A form with a file, held in memory: what it says is never written to a disk.</summary>
internal static class BatchUpload
{
    public const string FileField = "file";

    /// <summary>What stands around the file.</summary>
    public const int MaxForm = BeginBatch.MaxBytes + (64 * 1024);

    private const int MaxFileName = 200;

    /// <exception cref="RefusedException">It is no form, or without a file, or too long.</exception>
    public static async Task<IFormCollection> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
            throw new RefusedException(
                new(
                    "no-upload",
                    StatusCodes.Status415UnsupportedMediaType,
                    "The request is no upload",
                    "Send multipart/form-data with the table in a part named file"
                )
            );
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (InvalidDataException)
        {
            throw TooLong();
        }
    }

    public static InputFile FileOf(IFormCollection form)
    {
        if (form.Files.GetFile(FileField) is not { Length: > 0 } file)
            throw new RefusedException(
                Refusal.Unprocessable("screening-file", "No file is chosen", "Choose a CSV or a workbook", FileField)
            );
        if (file.Length > BeginBatch.MaxBytes)
            throw TooLong();
        var name = Path.GetFileName(file.FileName);
        return new(name[..Math.Min(name.Length, MaxFileName)], file.OpenReadStream);
    }

    private static RefusedException TooLong() =>
        new(
            new(
                "upload-too-long",
                StatusCodes.Status413PayloadTooLarge,
                $"A file to screen has at most {BeginBatch.MaxBytes / 1024 / 1024} MiB, and the form is well formed",
                "Screen it in several parts",
                FileField
            )
        );
}
