using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Lanthorn.Pathways.Hosting;

/// <summary>The languages of the pages behind the wall: chosen here and remembered here, otherwise the browser's.</summary>
internal static class SiteLanguages
{
    private const string Cookie = "lanthorn-pathways-language";

    private static readonly TimeSpan Remembered = TimeSpan.FromDays(365);

    public static readonly IReadOnlyList<(string Code, string Name)> All = [("en", "English"), ("fr", "Français")];

    public static void Use(WebApplication app)
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
        app.UseWhen(context => context.Request.WantsPage(), branch => branch.UseRequestLocalization(pages));
        app.UseWhen(context => !context.Request.WantsPage(), branch => branch.UseRequestLocalization(programs));
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(SitePaths.Language, Choose).AllowAnonymous();

    private static IResult Choose(HttpContext context, [FromForm] string language, [FromForm] string? next = null)
    {
        if (All.All(l => l.Code != language))
            throw new RefusedException(Refusal.BadRequest("unknown-language", "There is no such language here"));
        context.Response.Cookies.Append(
            Cookie,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
            new CookieOptions
            {
                MaxAge = Remembered,
                HttpOnly = true,
                Path = PathwaysSite.Path,
                Secure = context.Request.IsHttps,
                SameSite = SameSiteMode.Lax,
                IsEssential = true,
            }
        );
        return Results.LocalRedirect(Answers.LocalPath(next));
    }
}
