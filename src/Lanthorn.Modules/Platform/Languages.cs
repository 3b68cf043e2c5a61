using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Platform;

/// <summary>
/// The languages of the pages: the one that the reader chose, otherwise the one that his browser asks for, otherwise English.
/// The API and files speak English, whoever asks.
/// </summary>
public static class Languages
{
    /// <summary>Where the choice is made.</summary>
    public const string Path = "/language";

    private const string Cookie = "lanthorn-language";

    private static readonly TimeSpan Remembered = TimeSpan.FromDays(365);

    /// <summary>Code and own name of each; the first is that of everybody else.</summary>
    public static readonly IReadOnlyList<(string Code, string Name)> All = [("en", "English"), ("fr", "Français")];

    /// <summary>To be called before whatever writes a page.</summary>
    public static WebApplication UseLanguages(this WebApplication app)
    {
        List<CultureInfo> cultures = [.. All.Select(l => CultureInfo.GetCultureInfo(l.Code))];
        var pages = new RequestLocalizationOptions
        {
            DefaultRequestCulture = new RequestCulture(cultures[0]),
            SupportedCultures = cultures,
            SupportedUICultures = cultures,
            RequestCultureProviders =
            [
                new CookieRequestCultureProvider { CookieName = Cookie },
                new AcceptLanguageHeaderRequestCultureProvider(),
            ],
        };
        var programs = new RequestLocalizationOptions
        {
            DefaultRequestCulture = new RequestCulture(CultureInfo.InvariantCulture, cultures[0]),
            RequestCultureProviders = [],
        };
        app.UseWhen(WantsPage, branch => branch.UseRequestLocalization(pages));
        app.UseWhen(context => !WantsPage(context), branch => branch.UseRequestLocalization(programs));
        return app;
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, Choose).AllowAnonymous().ExcludeFromDescription();

    private static bool WantsPage(HttpContext context) =>
        context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static IResult Choose(HttpContext context, [FromForm] string language, [FromForm] string? next = null)
    {
        if (All.All(l => l.Code != language))
            return Refusal.BadRequest("unknown-language", "There is no such language here").ToResult();
        context.Response.KeepPrivate();
        context.Response.Cookies.Append(
            Cookie,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
            new CookieOptions
            {
                MaxAge = Remembered,
                HttpOnly = true,
                Secure = context.Request.IsHttps,
                SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax,
                IsEssential = true,
            }
        );
        return Results.LocalRedirect(LocalPath.Of(next));
    }
}
