using System.Collections.Immutable;
using System.Globalization;

namespace Lanthorn.Knowledge;

/// <summary>
/// Who may see something: a conjunction of atoms, every one of which must hold. Written
/// <c>purpose=enforcement;org=a|b;compartment=C;role=R;tlp=amber</c>; a key may stand several times, each time with its
/// own set. Canonical: equal labels have equal text. The empty label is seen by everyone.
/// </summary>
public sealed class Label : IEquatable<Label>
{
    /// <summary>
    /// Far above what anybody writes: what is derived carries the atoms of all its parts, and is read back from its text.
    /// </summary>
    public const int MaxTextLength = 100_000;

    /// <summary>The purposes a label can name. Pathways has none here: what it holds is behind its own wall.</summary>
    public static readonly ImmutableArray<string> KnownPurposes = ["enforcement", "prevention", "programme", "public"];

    public static readonly Label Everyone = new([]);

    private readonly ImmutableSortedSet<Atom> atoms;

    private Label(ImmutableSortedSet<Atom> atoms)
    {
        this.atoms = atoms;
        Text = string.Join(';', atoms);
    }

    /// <summary>The canonical text, under which the label is interned.</summary>
    public string Text { get; }

    /// <summary>The lowest clearance that the label asks for.</summary>
    public Tlp Tlp => atoms.Where(a => a.Kind == AtomKind.Tlp).Select(a => a.Level).DefaultIfEmpty(Tlp.Clear).Max();

    /// <summary>
    /// The one rule of visibility: true when every atom holds for the viewer. Pure; everything that reads asks it, in this
    /// form or as the set of labels for which it is true.
    /// </summary>
    public static bool Sees(Viewer viewer, Label label)
    {
        foreach (var atom in label.atoms)
            if (!atom.HoldsFor(viewer))
                return false;
        return true;
    }

    /// <summary>
    /// The label of something derived from two parts: the union of their atoms, so that who sees it sees both parts.
    /// Commutative, associative, idempotent, with <see cref="Everyone"/> as neutral element.
    /// </summary>
    public static Label Meet(Label a, Label b) => new(Canonical(a.atoms.Union(b.atoms)));

    /// <summary>
    /// Whether what stands under both is one owner's, or everybody's: the same organisations, compartments and roles may see
    /// it. Only such records are joined by a program.
    /// </summary>
    public static bool AreOfOneOwner(Label a, Label b) => OwnersOf(a).SetEquals(OwnersOf(b));

    private static ImmutableSortedSet<Atom> OwnersOf(Label label) =>
        label.atoms.Except(label.atoms.Where(a => a.Kind is AtomKind.Purpose or AtomKind.Tlp));

    public static Parsed<Label> Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return Parsed.Accept(Everyone);
        if (text.Length > MaxTextLength)
            return Parsed.Refuse($"a label has at most {MaxTextLength} characters");
        var atoms = ImmutableSortedSet.CreateBuilder<Atom>();
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var atom = Atom.Parse(part);
            if (!atom.IsAccepted)
                return Parsed.Refuse(atom.Reason);
            atoms.Add(atom.Value);
        }
        var canonical = Canonical(atoms.ToImmutable());
        var label = new Label(canonical);
        if (label.Tlp >= Tlp.AmberStrict && !canonical.Any(a => a.Kind == AtomKind.Organisation))
            return Parsed.Refuse($"tlp={label.Tlp.Text()} also needs org=… : it names who receives it");
        return Parsed.Accept(label);
    }

    public bool Equals(Label? other) => other is not null && Text == other.Text;

    public override bool Equals(object? obj) => Equals(obj as Label);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    /// <summary>"At least T1" and "at least T2" together are "at least the higher": one atom is kept, and none for clear.</summary>
    private static ImmutableSortedSet<Atom> Canonical(ImmutableSortedSet<Atom> atoms)
    {
        var levels = atoms.Where(a => a.Kind == AtomKind.Tlp).ToList();
        if (levels.Count == 0)
            return atoms;
        var highest = levels.Max(a => a.Level);
        return atoms.Except(levels.Where(a => a.Level != highest || a.Level == Tlp.Clear));
    }

    private enum AtomKind
    {
        Purpose,
        Organisation,
        Compartment,
        Role,
        Tlp,
    }

    private sealed record Atom(AtomKind Kind, ImmutableSortedSet<string> Names, Tlp Level) : IComparable<Atom>
    {
        private readonly string text =
            Kind == AtomKind.Tlp ? $"tlp={Level.Text()}" : $"{Key(Kind)}={string.Join('|', Names)}";

        public bool HoldsFor(Viewer viewer) =>
            Kind switch
            {
                AtomKind.Purpose => Names.Overlaps(viewer.Purposes),
                AtomKind.Organisation => Names.Contains(viewer.Organisation),
                AtomKind.Compartment => Names.Overlaps(viewer.Compartments),
                AtomKind.Role => Names.Overlaps(viewer.Roles),
                AtomKind.Tlp => viewer.Clearance >= Level,
                _ => false,
            };

        public static Parsed<Atom> Parse(string part)
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
                return Parsed.Refuse($"'{part}' in a label is not written key=value");
            var (key, value) = (part[..at].Trim(), part[(at + 1)..].Trim());
            if (key == "tlp")
            {
                var level = TlpText.Parse(value);
                return level.IsAccepted
                    ? Parsed.Accept(new Atom(AtomKind.Tlp, [], level.Value))
                    : Parsed.Refuse(level.Reason);
            }
            AtomKind? kind = key switch
            {
                "purpose" => AtomKind.Purpose,
                "org" => AtomKind.Organisation,
                "compartment" => AtomKind.Compartment,
                "role" => AtomKind.Role,
                _ => null,
            };
            if (kind is null)
                return Parsed.Refuse($"'{key}' is no key of a label: purpose, org, compartment, role, tlp");
            var names = value
                .Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .ToImmutableSortedSet(StringComparer.Ordinal);
            if (names.IsEmpty)
                return Parsed.Refuse($"'{key}=' in a label names nobody");
            if (names.FirstOrDefault(n => n.Length > 64 || n.Any(c => c == '=' || IsUnseen(c))) is { } bad)
                return Parsed.Refuse($"'{bad}' cannot stand in a label: at most 64 visible characters, none of ; | =");
            if (kind is AtomKind.Purpose or AtomKind.Compartment && names.Count > 1)
                return Parsed.Refuse($"{key}= takes one name; write it several times to ask for several");
            if (kind is AtomKind.Purpose && !KnownPurposes.Contains(names[0]))
                return Parsed.Refuse($"'{names[0]}' is no purpose: {string.Join(", ", KnownPurposes)}");
            return Parsed.Accept(new Atom(kind.Value, names, Tlp.Clear));
        }

        /// <summary>What would make two names look alike.</summary>
        private static bool IsUnseen(char c) =>
            char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format;

        public int CompareTo(Atom? other) =>
            other is null ? 1
            : Kind != other.Kind ? Kind.CompareTo(other.Kind)
            : string.CompareOrdinal(text, other.text);

        public bool Equals(Atom? other) => other is not null && text == other.text;

        public override int GetHashCode() => text.GetHashCode(StringComparison.Ordinal);

        public override string ToString() => text;

        private static string Key(AtomKind kind) =>
            kind switch
            {
                AtomKind.Purpose => "purpose",
                AtomKind.Organisation => "org",
                AtomKind.Compartment => "compartment",
                _ => "role",
            };
    }
}
