using Lanthorn.Formats;
using Lanthorn.Knowledge;
using Lanthorn.Platform;
using Lanthorn.Storage;

namespace Lanthorn.Intake;

/// <summary>Looks at everything that can be refused before the first record is read.</summary>
internal static class PlanImport
{
    /// <summary>Finds the reader by the first bytes of the files.</summary>
    public const string AnyFormat = "auto";

    public const int MaxFiles = 100;

    /// <summary>Official lists are for everybody who works in enforcement, whoever brings them in.</summary>
    private static readonly Label OfficialLabel = Label.Parse("purpose=enforcement").Value;

    /// <summary>An official list is its own authority: no doubt about the source, accuracy not in doubt.</summary>
    private static readonly Evaluation OfficialEvaluation = Evaluation.Parse("A1").Value;

    public static async Task<ImportPlan> HandleAsync(
        Store store,
        Work work,
        ImportRequest request,
        CancellationToken cancellation
    )
    {
        if (!work.HasEnforcementAccess)
            throw new RefusedException(
                Refusal.NotFound("Not Found", "Importing needs an account with enforcement access")
            );
        RefuseFiles(request.Files);
        var source = Take(SourceCode.Parse(request.Source), "source");
        if (source.Value.StartsWith(ByHand.SourcePrefix, StringComparison.Ordinal))
            throw Refuse(
                "source",
                $"Sources that begin with {ByHand.SourcePrefix} hold what people enter by hand",
                "Choose another code"
            );
        var options = new ReadOptions { Mapping = Mapping(request.Mapping) };
        var reader = await ReaderAsync(request, options, cancellation);
        var official = OfficialSources.Find(source.Value);
        RefuseMistakenSource(source, official, reader.Format);
        return new(
            Guid.CreateVersion7(store.Time.GetUtcNow()).ToString("N"),
            work,
            source,
            official,
            request.Files,
            reader,
            options,
            LabelOf(work.Viewer, request.Label, official),
            EvaluationOf(request.Evaluation, official),
            request.IsComplete || reader.IsCompleteEdition,
            request.Origin
        )
        {
            Edition = request.Edition,
            MappingText = request.Mapping,
        };
    }

    /// <summary>True for the label of official lists, and for none.</summary>
    public static bool IsForAll(Label label) => label.Equals(OfficialLabel) || label.Equals(Label.Everyone);

    public static readonly Refusal MappingTooLong = Refusal.Unprocessable(
        "import-mapping",
        $"A mapping file has at most {ColumnMapping.MaxLength / 1024} KiB",
        "A mapping names columns, it does not hold rows",
        "mapping"
    );

    private static void RefuseFiles(IReadOnlyList<InputFile> files)
    {
        if (files.Count is 0 or > MaxFiles)
            throw Refuse("files", $"An import has 1 to {MaxFiles} files", "Name the files to import");
    }

    private static ColumnMapping? Mapping(string? yaml) =>
        string.IsNullOrWhiteSpace(yaml) ? null : Take(ColumnMapping.Parse(yaml), "mapping");

    private static async Task<IRecordReader> ReaderAsync(
        ImportRequest request,
        ReadOptions options,
        CancellationToken cancellation
    )
    {
        if (request.Format is not (AnyFormat or ""))
            return RecordFormats.Find(request.Format)
                ?? throw Refuse(
                    "format",
                    $"No format '{request.Format}'",
                    $"Use {AnyFormat}, {string.Join(", ", RecordFormats.Names)}"
                );
        return Take(await FormatDetection.DetectAsync(request.Files, options, cancellation), "file");
    }

    private static void RefuseMistakenSource(SourceCode source, OfficialSource? official, string format)
    {
        if (official is not null && OfficialSources.OfFormat(format) is { } other && other != official)
            throw Refuse(
                "source",
                $"The files are those of {other.Code} ({other.Title}), not of {source}",
                $"Import them with the source {other.Code}"
            );
    }

    public static Label LabelOf(Viewer viewer, string? text, OfficialSource? official)
    {
        if (string.IsNullOrWhiteSpace(text))
            return official is not null
                ? OfficialLabel
                : Take(Label.Parse($"purpose=enforcement;org={viewer.Organisation};tlp=amber"), "label");
        var label = Take(Label.Parse(text), "label");
        if (!Label.Sees(viewer, label))
            throw Refuse(
                "label",
                $"Under the label {label} you would not see yourself what you import",
                "Use a label that you see, or import as an account that sees it"
            );
        return label;
    }

    public static Evaluation EvaluationOf(string? text, OfficialSource? official) =>
        !string.IsNullOrWhiteSpace(text) ? Take(Evaluation.Parse(text), "evaluation")
        : official is not null ? OfficialEvaluation
        : Evaluation.Unassessed;

    /// <summary>
    /// An import changes and ends what its source has, so nobody imports into a source of which he may not see
    /// everything; and what an official list has said to all is not taken back for some.
    /// </summary>
    /// <param name="before">The labels under which the source was imported.</param>
    public static void RefuseForeignSource(ImportPlan plan, IEnumerable<string> before)
    {
        var labels = before.Select(text => Label.Parse(text).Value).ToList();
        if (labels.Exists(l => !Label.Sees(plan.Work.Viewer, l)))
            throw Refuse(
                "source",
                $"The source {plan.Source} belongs to others",
                "Choose another code",
                "source-taken",
                409
            );
        if (plan.Official is not null && !IsForAll(plan.Label) && labels.Exists(IsForAll))
            throw Refuse(
                "label",
                $"{plan.Source} is here for everybody who works in enforcement",
                "Import it without a label, or under a source code of your own",
                "source-taken",
                409
            );
    }

    private static T Take<T>(Parsed<T> parsed, string field) =>
        parsed.IsAccepted ? parsed.Value : throw Refuse(field, $"The {field} cannot be used: {parsed.Reason}", "");

    private static RefusedException Refuse(
        string field,
        string message,
        string wayOut,
        string? code = null,
        int status = 422
    ) => new(new(code ?? $"import-{field}", status, message, wayOut, field));
}
