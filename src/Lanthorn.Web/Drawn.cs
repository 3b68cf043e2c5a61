using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Lanthorn.Web;

/// <summary>What Razor cannot write of a drawing: its text element is Razor's own word.</summary>
internal static class Drawn
{
    public static RenderFragment Text(double x, double y, string text, string? css = null, string anchor = "start") =>
        builder =>
        {
            builder.OpenElement(0, "text");
            builder.AddAttribute(1, "x", Number(x));
            builder.AddAttribute(2, "y", Number(y));
            builder.AddAttribute(3, "text-anchor", anchor);
            builder.AddAttribute(4, "class", css);
            builder.AddContent(5, text);
            builder.CloseElement();
        };

    /// <summary>A length in a drawing, to a tenth.</summary>
    public static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
