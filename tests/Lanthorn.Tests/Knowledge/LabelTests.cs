using System.Collections.Immutable;
using CsCheck;
using Lanthorn.Knowledge;

namespace Lanthorn.Tests.KnowledgeRoom;

/// <summary>Law 4: the meet laws, who sees what, and what may be done with it.</summary>
public sealed class LabelTests
{
    private static readonly string[] Names = ["alpha", "bravo", "charlie", "Alpha"];

    private static Gen<T> OneOf<T>(params T[] of) => Gen.Int[0, of.Length - 1].Select(at => of[at]);

    private static Gen<ImmutableSortedSet<string>> Some(params string[] of) =>
        OneOf(of).Array[0, 3].Select(names => names.ToImmutableSortedSet(StringComparer.Ordinal));

    private static readonly Gen<string> GenAtom = Gen.OneOf(
        OneOf(Label.KnownPurposes.ToArray()).Select(p => $"purpose={p}"),
        OneOf(Names).Array[1, 3].Select(n => $"org={string.Join('|', n)}"),
        OneOf(Names).Select(n => $"compartment={n}"),
        OneOf(Names).Array[1, 3].Select(n => $"role={string.Join('|', n)}"),
        OneOf("clear", "green", "amber").Select(t => $"tlp={t}"),
        OneOf("amber+strict", "red").Select(t => $"tlp={t};org=alpha|bravo")
    );

    private static readonly Gen<Label> GenLabel = GenAtom
        .Array[0, 4]
        .Select(atoms => Label.Parse(string.Join(';', atoms)).Value);

    private static readonly Gen<Viewer> GenViewer =
        from organisation in OneOf(Names)
        from roles in Some(Names)
        from purposes in Some([.. Label.KnownPurposes])
        from compartments in Some(Names)
        from clearance in Gen.Enum<Tlp>()
        select new Viewer
        {
            Name = "viewer",
            Organisation = organisation,
            Roles = roles,
            Purposes = purposes,
            Compartments = compartments,
            Clearance = clearance,
        };

    private static readonly Gen<UsedItem> GenItem = Gen.Select(
        GenLabel,
        Gen.Int[0, 7].Select(h => (Handling)h),
        Some(Names),
        (label, handling, providers) => new UsedItem(label, handling, [.. providers])
    );

    [Fact]
    public void Who_sees_what_is_derived_sees_both_parts_and_the_other_way_round() =>
        Gen.Select(GenViewer, GenLabel, GenLabel)
            .Sample(
                (viewer, a, b) =>
                    Label.Sees(viewer, Label.Meet(a, b)) == (Label.Sees(viewer, a) && Label.Sees(viewer, b)),
                iter: 5_000
            );

    [Fact]
    public void The_meet_is_commutative_associative_and_idempotent_with_everyone_as_neutral() =>
        Gen.Select(GenLabel, GenLabel, GenLabel)
            .Sample(
                (a, b, c) =>
                {
                    Assert.Equal(Label.Meet(a, b), Label.Meet(b, a));
                    Assert.Equal(Label.Meet(a, b).Text, Label.Meet(b, a).Text);
                    Assert.Equal(Label.Meet(a, Label.Meet(b, c)), Label.Meet(Label.Meet(a, b), c));
                    Assert.Equal(a, Label.Meet(a, a));
                    Assert.Equal(a, Label.Meet(a, Label.Everyone));
                },
                iter: 3_000
            );

    [Fact]
    public void A_label_is_read_back_from_its_text_however_much_it_was_derived_from() =>
        GenLabel
            .Array[1, 30]
            .Sample(
                parts =>
                {
                    var derived = parts.Aggregate(Label.Meet);
                    var read = Label.Parse(derived.Text).Value;
                    Assert.Equal(derived, read);
                    Assert.Equal(derived.GetHashCode(), read.GetHashCode());
                    Assert.Equal(derived.Tlp, read.Tlp);
                },
                iter: 500
            );

    [Fact]
    public void A_label_derived_from_many_long_ones_is_still_read_back()
    {
        var parts = Enumerable
            .Range(0, 100)
            .Select(i => Label.Parse($"compartment=operation-{i}-{new string('x', 40)}").Value);
        var derived = parts.Aggregate(Label.Meet);

        Assert.True(derived.Text.Length > 5_000);
        Assert.Equal(derived, Label.Parse(derived.Text).Value);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(" ; ", "")]
    [InlineData("tlp=clear", "")]
    [InlineData("tlp=white", "")]
    [InlineData("tlp=TLP:AMBER", "tlp=amber")]
    [InlineData("tlp=green;tlp=amber", "tlp=amber")]
    [InlineData("tlp=amber; org = b | a |b", "org=a|b;tlp=amber")]
    [InlineData("role=x;purpose=enforcement", "purpose=enforcement;role=x")]
    [InlineData("compartment=C;compartment=B", "compartment=B;compartment=C")]
    public void A_label_has_one_canonical_text(string raw, string text) =>
        Assert.Equal(text, Label.Parse(raw).Value.Text);

    [Theory]
    [InlineData("secret", "key=value")]
    [InlineData("colour=red", "no key")]
    [InlineData("Purpose=enforcement", "no key")]
    [InlineData("purpose=fun", "no purpose")]
    [InlineData("purpose=enforcement|public", "one name")]
    [InlineData("compartment=A|B", "one name")]
    [InlineData("org=", "names nobody")]
    [InlineData("org=a\u200Db", "visible")]
    [InlineData("org=a=b", "cannot stand")]
    [InlineData("tlp=pink", "no TLP mark")]
    [InlineData("tlp=red", "org=")]
    [InlineData("tlp=amber+strict;role=lead", "org=")]
    public void A_label_that_is_wrong_is_refused(string raw, string why) =>
        Assert.Contains(why, Label.Parse(raw).Reason, StringComparison.Ordinal);

    [Fact]
    public void Each_atom_asks_for_what_it_says()
    {
        var viewer = new Viewer
        {
            Name = "ana",
            Organisation = "alpha",
            Roles = ["analyst"],
            Purposes = ["enforcement"],
            Compartments = ["C"],
            Clearance = Tlp.Amber,
        };
        bool Sees(string label) => Label.Sees(viewer, Label.Parse(label).Value);

        Assert.All(
            ["", "org=alpha|bravo", "role=analyst", "purpose=enforcement", "compartment=C", "tlp=amber"],
            l => Assert.True(Sees(l), l)
        );
        Assert.All(
            ["org=bravo", "org=Alpha", "role=lead", "purpose=prevention", "compartment=D", "tlp=red;org=alpha"],
            l => Assert.False(Sees(l), l)
        );
        Assert.False(Sees("org=alpha;compartment=D"));
    }

    [Fact]
    public void Two_viewers_with_one_sight_key_see_the_same()
    {
        var one = new Viewer
        {
            Name = "a",
            Organisation = "o",
            Roles = ["a", "b"],
        };

        Assert.NotEqual(one.SightKey, (one with { Roles = ["a|b"] }).SightKey);
        Assert.NotEqual(one.SightKey, (one with { Roles = [], Purposes = ["a", "b"] }).SightKey);
        Assert.NotEqual(one.SightKey, (one with { Organisation = "o\na" }).SightKey);
        Assert.Equal(one.SightKey, (one with { Name = "b", Roles = ["b", "a"] }).SightKey);
        Gen.Select(GenViewer, GenViewer, GenLabel)
            .Sample(
                (a, b, label) => a.SightKey != b.SightKey || Label.Sees(a, label) == Label.Sees(b, label),
                iter: 5_000
            );
    }

    [Fact]
    public void What_is_derived_may_never_be_used_more_freely_than_a_part() =>
        Gen.Select(GenViewer, GenItem, GenItem, Gen.Enum<UseAction>(), GenViewer, Gen.Bool)
            .Sample(
                (viewer, a, b, action, other, staysHere) =>
                {
                    var recipient = staysHere ? null : other;
                    var whole = Use.MayUse(viewer, UsedItem.Meet(a, b), action, recipient);
                    Assert.True(whole.Verdict >= Use.MayUse(viewer, a, action, recipient).Verdict);
                    Assert.True(whole.Verdict >= Use.MayUse(viewer, b, action, recipient).Verdict);
                    Assert.Equal(whole.Verdict == UseVerdict.Yes, whole.Reason.Length == 0);
                },
                iter: 5_000
            );

    [Theory]
    [InlineData("H0", UseAction.Export, UseVerdict.Yes, "")]
    [InlineData("H1", UseAction.Print, UseVerdict.Yes, "")]
    [InlineData("H1", UseAction.JudicialUse, UseVerdict.AskProvider, "H1")]
    [InlineData("H2", UseAction.Print, UseVerdict.Yes, "")]
    [InlineData("H2", UseAction.Export, UseVerdict.AskProvider, "H2")]
    [InlineData("H2", UseAction.JudicialUse, UseVerdict.AskProvider, "H2")]
    [InlineData("H3", UseAction.Print, UseVerdict.AskProvider, "H3")]
    [InlineData("H0", UseAction.PassOn, UseVerdict.No, "recipient")]
    public void Handling_codes_restrict_use_and_name_whom_to_ask(
        string codes,
        UseAction action,
        UseVerdict verdict,
        string why
    )
    {
        var viewer = new Viewer { Name = "ana", Organisation = "alpha" };
        var item = new UsedItem(Label.Everyone, HandlingText.Parse(codes).Value, ["bravo"]);

        var answer = Use.MayUse(viewer, item, action, null);

        Assert.Equal(verdict, answer.Verdict);
        Assert.Contains(why, answer.Reason, StringComparison.Ordinal);
        if (verdict == UseVerdict.AskProvider)
        {
            Assert.EndsWith("ask bravo", answer.Reason, StringComparison.Ordinal);
            Assert.EndsWith(
                "ask the provider",
                Use.MayUse(viewer, item with { Providers = [] }, action, null).Reason,
                StringComparison.Ordinal
            );
            Assert.Equal(UseVerdict.Yes, Use.MayUse(viewer, item with { Providers = ["alpha"] }, action, null).Verdict);
        }
    }

    [Fact]
    public void Nothing_is_passed_to_who_does_not_see_it()
    {
        var viewer = new Viewer
        {
            Name = "ana",
            Organisation = "alpha",
            Clearance = Tlp.Amber,
        };
        var item = new UsedItem(Label.Parse("tlp=amber").Value, Handling.None, ["alpha"]);
        var recipient = viewer with { Name = "ben", Organisation = "bravo", Clearance = Tlp.Green };

        Assert.Equal(UseVerdict.No, Use.MayUse(viewer, item, UseAction.PassOn, recipient).Verdict);
        Assert.Equal(
            UseVerdict.Yes,
            Use.MayUse(viewer, item, UseAction.PassOn, recipient with { Clearance = Tlp.Amber }).Verdict
        );
        Assert.Equal(UseVerdict.No, Use.MayUse(recipient, item, UseAction.Print, null).Verdict);
    }

    [Fact]
    public void Handling_codes_are_read_back_and_unknown_ones_refused()
    {
        foreach (var handling in Enumerable.Range(0, 8).Select(h => (Handling)h))
            Assert.Equal(handling, HandlingText.Parse(handling.Text()).Value);
        Assert.Equal(Handling.NotInProceedings | Handling.AskBeforePassingOn, HandlingText.Parse("h2, H1|H0").Value);
        Assert.Contains("H4", HandlingText.Parse("H1 H4").Reason, StringComparison.Ordinal);
        foreach (var tlp in Enum.GetValues<Tlp>())
            Assert.Equal(tlp, TlpText.Parse(tlp.Text()).Value);
    }
}
