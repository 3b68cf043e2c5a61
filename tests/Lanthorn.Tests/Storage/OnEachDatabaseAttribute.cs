using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Lanthorn.Tests.Storage;

/// <summary>The databases that a store can be on.</summary>
public enum Database
{
    Sqlite,
    Postgres,
}

/// <summary>
/// Gives a test a row for each database, before the values named here. Without a PostgreSQL server (its address in
/// <c>LANTHORN_TEST_POSTGRES</c>) its rows are shown as skipped.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnEachDatabaseAttribute(params object?[] values) : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod,
        DisposalTracker disposalTracker
    ) =>
        new([
            new TheoryDataRow([Database.Sqlite, .. values]),
            new TheoryDataRow([Database.Postgres, .. values]) { Skip = PostgresDatabase.WhyAbsent },
        ]);

    public override bool SupportsDiscoveryEnumeration() => true;
}

/// <summary>Gives a test the one row for PostgreSQL: what it is about, a file cannot do or need not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnPostgresAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod,
        DisposalTracker disposalTracker
    ) => new([new TheoryDataRow(Database.Postgres) { Skip = PostgresDatabase.WhyAbsent }]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
