namespace Lanthorn.Commitments.Contracts;

/// <summary>An undertaking as its reader sees it on a day.</summary>
public sealed record UndertakingLine
{
    public required string Reference { get; init; }

    /// <summary>Who promises: an organisation or a named partner.</summary>
    public required string Promiser { get; init; }

    /// <summary>To whom.</summary>
    public required string Promisee { get; init; }
    public required string Text { get; init; }
    public required Strand Strand { get; init; }
    public required string Aim { get; init; }
    public required DateOnly? Due { get; init; }
    public required UndertakingState State { get; init; }

    /// <summary>By what one sees that it was delivered, in words.</summary>
    public required string Measure { get; init; }
    public required string Unit { get; init; }
    public required decimal? Target { get; init; }

    /// <summary>The sum of the accepted amounts.</summary>
    public required decimal Reached { get; init; }

    /// <summary>How many pieces of evidence nobody has accepted or refused yet.</summary>
    public required int Waiting { get; init; }

    /// <summary>An account, or a name without one.</summary>
    public required string Owner { get; init; }

    /// <summary>Reference of a project; null where it belongs to none.</summary>
    public required string? Project { get; init; }

    /// <summary>Who may see it.</summary>
    public required string Label { get; init; }

    /// <summary>Where it stands that this was promised, and of which day that is.</summary>
    public required string Source { get; init; }
    public required DateOnly AsOf { get; init; }

    /// <summary>It belongs to the demonstration's world: nobody promised anything.</summary>
    public required bool IsFictional { get; init; }
}
