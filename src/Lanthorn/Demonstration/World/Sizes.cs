namespace Lanthorn.Program.Demonstration.World;

/// <summary>How many of what there are in one unit of the world; <c>demo --scale</c> makes so many units.</summary>
internal static class Sizes
{
    /// <summary>Ten million records; more belongs on a cluster.</summary>
    public const int MaxScale = 300;

    public const int MaxVessels = 900;

    public const int Families = 1_500;
    public const int Addresses = 1_250;

    /// <summary>Of the addresses the last so many of each network are safe houses, where nobody else lives.</summary>
    public const int SafeHouses = 8;

    public const int Bystanders = 2_900;
    public const int Companies = 640;
    public const int Vessels = 560;
    public const int Vehicles = 800;
    public const int Accounts = 1_450;
    public const int Phones = 2_150;
    public const int Handles = 90;
    public const int Documents = 1_500;

    public const int Payments = 3_000;
    public const int Calls = 4_000;
    public const int Trips = 600;
    public const int Posts = 5_000;
    public const int LiaisonReports = 200;
    public const int DebriefReports = 100;
    public const int Incidents = 120;

    /// <summary>Of a network: the people, by role.</summary>
    public static readonly IReadOnlyList<(Role Role, int Count)> Network =
    [
        (Role.Organiser, 2),
        (Role.MoneyMover, 6),
        (Role.DocumentForger, 3),
        (Role.BoatSupplier, 3),
        (Role.Recruiter, 12),
        (Role.Transporter, 16),
        (Role.SafeHouseKeeper, SafeHouses),
        (Role.CoercedSkipper, 10),
        (Role.Witness, 10),
        (Role.Passenger, 250),
    ];

    public const int NetworkVessels = 8;
    public const int NetworkVehicles = 12;
    public const int NetworkCompanies = 3;
    public const int Minors = 25;
}
