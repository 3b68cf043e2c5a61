namespace Lanthorn.Matching;

/// <summary>
/// Finds the strengths and the curve that explain what people judged best, at the price of leaving what was designed. Newton's
/// steps along each number at once, halved until they help; no chance is in it.
/// </summary>
internal static class Fit
{
    private const int Shift = Strengths.Count;
    private const int Slope = Strengths.Count + 1;
    private const int Numbers = Strengths.Count + 2;

    /// <summary>How far a strength's logarithm may well be from the designed one: a factor of 1.35 either way.</summary>
    private const double StrengthSpread = 0.3;
    private const double ShiftSpread = 2;
    private const double SlopeSpread = 0.7;
    private const int MostSteps = 60;
    private const int MostHalvings = 12;
    private const double Difference = 1e-3;
    private const double Enough = 1e-6;
    private const int Digits = 4;

    public static (Strengths, Calibration) Run(IReadOnlyList<JudgedPair> pairs, bool learnsStrengths)
    {
        var at = new double[Numbers];
        var designed = pairs.Select(p => p.Evidence.Value(Strengths.Designed)).ToArray();
        var cost = Cost(at);
        for (var step = 0; step < MostSteps; step++)
        {
            var direction = Direction(at, cost);
            var (next, lower) = (at, cost);
            var length = 1d;
            for (var halving = 0; halving < MostHalvings && lower >= cost; halving++, length /= 2)
            {
                var tried = Inside([.. at.Select((x, i) => x + length * direction[i])]);
                if (Cost(tried) is var found && found < cost)
                    (next, lower) = (tried, found);
            }
            var gained = cost - lower;
            (at, cost) = (next, lower);
            if (gained < Enough)
                break;
        }
        return (StrengthsOf(at, Digits), CalibrationOf(at));

        double Cost(double[] numbers)
        {
            var strengths = learnsStrengths ? StrengthsOf(numbers, null) : Strengths.Designed;
            var slope = Math.Exp(numbers[Slope]);
            var sum = 0d;
            for (var i = 0; i < pairs.Count; i++)
            {
                var score = learnsStrengths ? pairs[i].Evidence.Value(strengths) : designed[i];
                var share = Calibration.Share(score, numbers[Shift], slope);
                sum -= Math.Log(Math.Max(1e-12, pairs[i].IsSame ? share : 1 - share));
            }
            for (var i = 0; i < Numbers; i++)
                sum += numbers[i] * numbers[i] / (2 * SpreadOf(i) * SpreadOf(i));
            return sum;
        }

        double[] Direction(double[] numbers, double here)
        {
            var direction = new double[Numbers];
            for (var i = learnsStrengths ? 0 : Shift; i < Numbers; i++)
            {
                var (up, down) = ((double[])[.. numbers], (double[])[.. numbers]);
                (up[i], down[i]) = (up[i] + Difference, down[i] - Difference);
                var (above, below) = (Cost(Inside(up)), Cost(Inside(down)));
                var slope = (above - below) / (2 * Difference);
                var bend = (above - 2 * here + below) / (Difference * Difference);
                // At the least the penalty bends.
                direction[i] = -slope / Math.Max(bend, 1 / (SpreadOf(i) * SpreadOf(i)));
            }
            return direction;
        }
    }

    private static double SpreadOf(int number) =>
        number switch
        {
            Shift => ShiftSpread,
            Slope => SlopeSpread,
            _ => StrengthSpread,
        };

    private static double[] Inside(double[] numbers)
    {
        for (var i = 0; i < Strengths.Count; i++)
        {
            var (least, most) = Strengths.Bounds((Strength)i);
            numbers[i] = Math.Clamp(numbers[i], Math.Log(least), Math.Log(most));
        }
        ref var contact = ref numbers[(int)Strength.ContactGain];
        var identifier = numbers[(int)Strength.IdentifierGain];
        contact = Math.Min(contact, identifier + Math.Log(Strengths.MostContactToIdentifier));
        numbers[Shift] = Math.Clamp(numbers[Shift], -Calibration.MostShift, Calibration.MostShift);
        numbers[Slope] = Math.Clamp(numbers[Slope], Math.Log(Calibration.LeastSlope), Math.Log(Calibration.MostSlope));
        return numbers;
    }

    /// <param name="digits">So many are kept; null keeps all.</param>
    private static Strengths StrengthsOf(double[] numbers, int? digits)
    {
        var values = new double[Strengths.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var (least, most) = Strengths.Bounds((Strength)i);
            var value = Math.Exp(numbers[i]);
            values[i] = Math.Clamp(digits is { } kept ? Math.Round(value, kept) : value, least, most);
        }
        var mostOfContact = values[(int)Strength.IdentifierGain] * Strengths.MostContactToIdentifier;
        values[(int)Strength.ContactGain] = Math.Min(values[(int)Strength.ContactGain], mostOfContact);
        return Strengths.Create(values).Value;
    }

    private static Calibration CalibrationOf(double[] numbers) =>
        Calibration
            .Create(
                Math.Round(numbers[Shift], Digits),
                Math.Clamp(Math.Round(Math.Exp(numbers[Slope]), Digits), Calibration.LeastSlope, Calibration.MostSlope)
            )
            .Value;
}
