using System.Security.Cryptography;
using Lanthorn.Knowledge;
using Lanthorn.Program.Demonstration.World;

namespace Lanthorn.Tests.Demonstration;

/// <summary>What the fictional world promises.</summary>
public sealed class WorldTests
{
    private static readonly string[] Edges =
    [
        "Associate",
        "Directorship",
        "Ownership",
        "Payment",
        "UnknownLink",
        "Call",
        "Trip",
        "Message",
        "PlainText",
        "Event",
    ];

    [Fact]
    public async Task It_is_as_large_as_it_says()
    {
        var all = await WorldRecords.AllAsync();

        Assert.True(all.Count(r => r.Thing is not null) >= 20_000, $"{all.Count(r => r.Thing is not null)} records");
        Assert.Equal(3_000, Count(all, "Payment"));
        Assert.Equal(4_000, Count(all, "Call"));
        Assert.Equal(600, Count(all, "Trip"));
        Assert.Equal(5_000, Count(all, "Message"));
        Assert.Equal(300, Count(all, "PlainText"));
        Assert.Equal(120, Count(all, "Event"));
        Assert.Equal(10, Languages(all, "Message"));
        Assert.Equal(all.Count, all.Select(r => r.Record.ExternalId).Distinct(StringComparer.Ordinal).Count());
        Assert.All(all, r => Assert.Equal(r.Thing is null, Edges.Contains(r.Record.Schema.Name)));
    }

    [Fact]
    public async Task Its_names_are_written_in_ten_scripts()
    {
        var names = (await WorldRecords.AllAsync())
            .Where(r => r.Record.Schema.Name == "Person")
            .SelectMany(r => r.Record.Properties["name"])
            .ToList();
        (string Script, char First, char Last)[] scripts =
        [
            ("Latin", 'A', 'z'),
            ("Greek", '\u0370', '\u03FF'),
            ("Cyrillic", '\u0400', '\u04FF'),
            ("Armenian", '\u0530', '\u058F'),
            ("Hebrew", '\u0590', '\u05FF'),
            ("Arabic", '\u0600', '\u06FF'),
            ("Devanagari", '\u0900', '\u097F'),
            ("Bengali", '\u0980', '\u09FF'),
            ("Georgian", '\u10A0', '\u10FF'),
            ("Ge'ez", '\u1200', '\u137F'),
        ];

        Assert.All(
            scripts,
            s =>
                Assert.True(names.Count(n => n[0] >= s.First && n[0] <= s.Last) >= 20, $"hardly any name in {s.Script}")
        );
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_gives_others()
    {
        foreach (var source in WorldSource.All)
        {
            var bytes = Hash(new FictionalWorld(1), source);
            Assert.Equal(bytes, Hash(new FictionalWorld(1), source));
            Assert.NotEqual(bytes, Hash(new FictionalWorld(1, seed: 7), source));
        }
    }

    [Fact]
    public void A_larger_world_begins_with_the_smaller_one_and_repeats_no_id()
    {
        var (small, large) = (new FictionalWorld(1), new FictionalWorld(3));

        Assert.All(
            WorldSource.All,
            source =>
            {
                var ids = large.Records(source).Select(r => r.Id).ToList();
                var first = small.Records(source).Select(r => r.Id).ToList();
                Assert.Equal(first, ids.Take(first.Count));
                Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
            }
        );
    }

    /// <summary>The first of the safeguards: a person under coercion is no suspect, and a minor is a minor.</summary>
    [Fact]
    public async Task Whom_the_networks_live_on_is_never_a_suspect()
    {
        SubjectCategory[] accused =
        [
            SubjectCategory.Suspect,
            SubjectCategory.Convicted,
            SubjectCategory.PotentialCriminal,
        ];
        string[] harmed = ["skipper under coercion", "smuggled person", "witness"];
        var people = (await WorldRecords.AllAsync()).Where(r => r.Record.Schema.Name == "Person").ToList();

        var ofHarmed = people.Where(r => harmed.Contains(r.Thing!.Role)).ToList();
        Assert.NotEmpty(ofHarmed);
        Assert.All(ofHarmed, r => Assert.DoesNotContain(r.Record.Category, accused));
        Assert.All(ofHarmed, r => Assert.NotEqual(SubjectCategory.None, r.Record.Category));
        Assert.All(ofHarmed, r => Assert.Empty(r.Record.Properties["topics"]));
        // Nothing about them goes to the partner country or to the public.
        Assert.All(
            ofHarmed,
            r =>
                Assert.Contains(
                    r.Source,
                    (WorldSource[])[WorldSource.PoliceAlpha, WorldSource.Liaison, WorldSource.TaskForce]
                )
        );
        Assert.All(people, r => Assert.NotEqual(WorldSource.Open, r.Source));
        Assert.Contains(people, r => r.Record.Category == SubjectCategory.Minor);
        Assert.All(
            people.GroupBy(r => r.Thing!.Thing).Where(g => g.Any(r => r.Record.Category == SubjectCategory.Minor)),
            g => Assert.All(g, r => Assert.Equal(SubjectCategory.Minor, r.Record.Category))
        );
    }

    [Fact]
    public async Task Its_numbers_are_of_the_right_form_and_belong_to_nobody()
    {
        var all = await WorldRecords.AllAsync();
        var phones = Values(all, "phone", "number", "callerNumber", "receiverNumber")
            .Where(v => v.StartsWith('+'))
            .ToList();
        var (ibans, ships) = (Values(all, "iban").ToList(), Values(all, "imoNumber").ToList());

        Assert.NotEmpty(phones);
        Assert.All(
            phones,
            p =>
                Assert.True(
                    p.StartsWith("+447700900", StringComparison.Ordinal)
                        || p.StartsWith("+888", StringComparison.Ordinal),
                    p
                )
        );
        Assert.All(phones, p => Assert.Equal(p, PhoneNumber.Parse(p, []).Value.Text));
        Assert.NotEmpty(ibans);
        Assert.All(
            ibans,
            i =>
                Assert.True(
                    i[4..].StartsWith("ZZZZ", StringComparison.Ordinal)
                        || i[4..].StartsWith("00000000", StringComparison.Ordinal),
                    i
                )
        );
        Assert.NotEmpty(ships);
        Assert.All(ships, s => Assert.InRange(s[3], '2', '4'));
        Assert.All(Values(all, "website"), w => Assert.Contains(".example", w, StringComparison.Ordinal));
        Assert.True(PhoneNumber.Parse(Numbers.Phone(Sizes.MaxScale - 1, 4_000), []).IsAccepted);
        Assert.True(Iban.Parse(Numbers.Iban(Sizes.MaxScale - 1, 1)).IsAccepted);
        Assert.InRange(Numbers.Imo(Sizes.MaxScale - 1, Sizes.MaxVessels - 1)[3], '2', '4');
    }

    [Fact]
    public void Every_source_says_that_it_is_fictional() =>
        Assert.All(WorldSource.All, s => Assert.EndsWith("(fictional)", s.FullTitle, StringComparison.Ordinal));

    private static int Count(IEnumerable<WorldRecords.Read> all, string schema) =>
        all.Count(r => r.Record.Schema.Name == schema);

    private static int Languages(IEnumerable<WorldRecords.Read> all, string schema) =>
        all.Where(r => r.Record.Schema.Name == schema)
            .SelectMany(r => r.Record.Properties["language"])
            .Distinct()
            .Count();

    private static IEnumerable<string> Values(IEnumerable<WorldRecords.Read> all, params string[] properties) =>
        all.SelectMany(r => properties.SelectMany(p => r.Record.Properties[p])).Distinct(StringComparer.Ordinal);

    private static string Hash(FictionalWorld world, WorldSource source)
    {
        using var stream = world.Open(source);
        return Convert.ToHexString(SHA256.HashData(stream));
    }
}
