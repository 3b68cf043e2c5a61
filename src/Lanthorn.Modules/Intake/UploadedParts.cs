using System.Text;
using Lanthorn.Formats;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Lanthorn.Intake;

/// <summary>
/// Reads the parts of an upload (multipart/form-data) one after the other: files straight to the disk, fields to memory,
/// each with its limit. Nothing is ever held whole.
/// </summary>
internal sealed class UploadedParts
{
    public const string Files = "files";
    public const string Mapping = "mapping";

    private const int MaxParts = PlanImport.MaxFiles + 20;

    /// <summary>A mapping is the longest field; a character has at most four bytes.</summary>
    private const int MaxFieldBytes = 4 * ColumnMapping.MaxLength;
    private const int MaxFileNameLength = 200;

    /// <summary>What stands around the files: fields, and the lines between the parts.</summary>
    private const long RoomForFields = 1024 * 1024;

    private readonly Dictionary<string, string> fields = new(StringComparer.Ordinal);

    /// <summary>What was entered, by the names of the fields; empty ones are left out.</summary>
    public IReadOnlyDictionary<string, string> Fields => fields;

    /// <param name="first">Gets the first part's name and text before anything else is read; null where it does not matter.</param>
    /// <exception cref="RefusedException">The request is no upload, or breaks a limit.</exception>
    public async Task ReadAsync(
        HttpContext context,
        ReceivedFiles received,
        long maxBytes,
        Func<string, string, Task>? first
    )
    {
        var reader = new MultipartReader(BoundaryOf(context.Request), BodyOf(context, maxBytes));
        try
        {
            await ReadAsync(reader, received, first, context.RequestAborted);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw Refuse("The upload is cut off or not well formed", "Send it again");
        }
    }

    private async Task ReadAsync(
        MultipartReader reader,
        ReceivedFiles received,
        Func<string, string, Task>? first,
        CancellationToken cancellation
    )
    {
        for (var count = 0; await reader.ReadNextSectionAsync(cancellation) is { } part; count++)
        {
            if (count >= MaxParts)
                throw Refuse($"An upload has at most {MaxParts} parts", "Import fewer files at once");
            var (name, file) = NamesOf(part);
            if (first is not null && count == 0)
                await first(name, file is null ? await TextAsync(part, cancellation) : "");
            else if (file is null || name == Mapping)
                Keep(name, await TextAsync(part, cancellation));
            // A browser sends a part without a name for a field in which no file was chosen.
            else if (file.Length > 0 || name != Files)
                await received.AddAsync(file.Length > 0 ? file : name, part.Body, cancellation);
        }
    }

    public string? Field(string name) => fields.GetValueOrDefault(name);

    public ImportRequest ToRequest(ReceivedFiles received, string source) =>
        new(received.Files, source)
        {
            Format = Field("format") ?? PlanImport.AnyFormat,
            Mapping = Field(Mapping),
            Label = Field("label"),
            Evaluation = Field("evaluation"),
            IsComplete = Field("complete") is "true" or "on" or "1",
        };

    private static string BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= 200 } boundary
            ? boundary.ToString()
            : throw new RefusedException(
                new(
                    "no-upload",
                    415,
                    "The request is no upload",
                    "Send multipart/form-data with the files in parts named files"
                )
            );

    private static Stream BodyOf(HttpContext context, long maxBytes)
    {
        if (context.Request.ContentLength > maxBytes + RoomForFields)
            throw new RefusedException(ReceivedFiles.TooLong(maxBytes));
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = maxBytes + RoomForFields;
        return context.Request.Body;
    }

    private static (string Name, string? File) NamesOf(MultipartSection part)
    {
        if (
            !ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition)
            || HeaderUtilities.RemoveQuotes(disposition.Name) is not { Length: > 0 } name
        )
            throw Refuse("A part of the upload has no name", "Each part has a Content-Disposition with its name");
        var file = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        return (name.ToString(), file.HasValue ? FileName(HeaderUtilities.RemoveQuotes(file).ToString()) : null);
    }

    /// <summary>For people to read, never a path: the files lie under names of our own.</summary>
    private static string FileName(string given)
    {
        var last = given[(given.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
        var shown = new string([.. last.Where(c => !char.IsControl(c))]).Trim();
        return shown.Length <= MaxFileNameLength ? shown : shown[..MaxFileNameLength];
    }

    private static async Task<string> TextAsync(MultipartSection part, CancellationToken cancellation)
    {
        var buffer = new byte[MaxFieldBytes + 1];
        var read = await part.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        if (read > MaxFieldBytes)
            throw new RefusedException(PlanImport.MappingTooLong);
        using var text = new StreamReader(new MemoryStream(buffer, 0, read), Encoding.UTF8);
        return await text.ReadToEndAsync(cancellation);
    }

    private void Keep(string name, string text)
    {
        if (!string.IsNullOrWhiteSpace(text))
            fields[name] = text.Trim();
    }

    private static RefusedException Refuse(string message, string wayOut) =>
        new(Refusal.BadRequest("upload-broken", message, wayOut, Files));
}
