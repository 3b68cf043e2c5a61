namespace Lanthorn.Web;

/// <summary>
/// The Equal Earth projection: countries keep their relative sizes (Šavrič, Patterson, Jenny: The Equal Earth map projection,
/// International Journal of Geographical Information Science 33, 2019). In radii of the earth, y to the north.
/// </summary>
internal static class EqualEarth
{
    private const double A1 = 1.340264;
    private const double A2 = -0.081106;
    private const double A3 = 0.000893;
    private const double A4 = 0.003796;

    private static readonly double Scale = Math.Sqrt(3) / 2;

    /// <param name="longitude">Degrees, east positive, from -180 to 180.</param>
    /// <param name="latitude">Degrees, north positive.</param>
    public static (double X, double Y) Project(double longitude, double latitude)
    {
        var theta = Math.Asin(Scale * Math.Sin(latitude * Math.PI / 180));
        var two = theta * theta;
        var six = two * two * two;
        var x =
            longitude
            * Math.PI
            / 180
            * Math.Cos(theta)
            / (Scale * (A1 + (3 * A2 * two) + (six * ((7 * A3) + (9 * A4 * two)))));
        return (x, theta * (A1 + (A2 * two) + (six * (A3 + (A4 * two)))));
    }
}
