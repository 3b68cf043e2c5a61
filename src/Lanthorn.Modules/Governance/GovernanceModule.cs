using Lanthorn.Governance.BreakGlass;
using Lanthorn.Governance.Contracts;
using Lanthorn.Governance.Identity;
using Lanthorn.Governance.Notices;
using Lanthorn.Governance.Oversight;
using Lanthorn.Governance.Rights;
using Lanthorn.Platform;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lanthorn.Governance;

/// <summary>People, organisations and roles; sign-in and tokens; the audit log.</summary>
public sealed class GovernanceModule : IModule
{
    public string Name => "Governance";

    public IReadOnlyList<string> Tables =>
        [
            "gov_organisation",
            "gov_person",
            "gov_token",
            "gov_compartment",
            .. RightsParts.Tables,
            .. OversightParts.Tables,
            "gov_session",
            "gov_totp",
            "gov_recovery",
            "gov_factor_role",
            "gov_step",
            "gov_passkey",
            "gov_invitation",
            "gov_subject",
            "gov_glass",
        ];

    public IEnumerable<Verb> Verbs =>
        [
            .. UserVerbs.All,
            .. SessionVerbs.All,
            .. SecondFactorVerbs.All,
            .. InvitationVerbs.All,
            .. GlassVerbs.All,
            .. OrganisationVerbs.All,
            .. TokenVerbs.All,
            .. AuditVerbs.All,
            .. RightsVerbs.All,
            .. OversightVerbs.All,
            BackupVerb.Verb,
            DoctorVerb.Verb,
        ];

    public IEnumerable<NavigationEntry> Navigation =>
        [
            new(Area.Govern, 10, "Audit log", "/audit", work => Roles.Overseeing.Any(work.IsIn)),
            .. RightsParts.Navigation,
            .. OversightParts.Navigation,
            new(
                Area.Govern,
                50,
                "Break-glass",
                GlassLines.Page,
                work => work.HasEnforcementAccess || GlassBook.Watches(work)
            ),
            new(Area.Govern, 40, "People", "/people", work => Roles.Managing.Any(work.IsIn)),
        ];

    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<Accounts>();
        services.AddSingleton<Callers>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<Steps>();
        services.AddSingleton<SecondFactor>();
        services.AddSingleton<ChangeSecondFactor>();
        services.AddSingleton<FactorRoles>();
        services.AddSingleton<Invitations>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<Passkeys>();
        services.AddSingleton<RequestLimits>();
        services.AddSingleton<ReadAuditLog>();
        services.AddSingleton<GlassBook>();
        services.AddSingleton<AskForSight>();
        services.AddSingleton<DecideSight>();
        services.AddSingleton<UseSight>();
        services.AddHostedService<GlassWatch>();
        services.AddSingleton<IStartLines, GlassLines>();
        services.AddSingleton<IStartLines, AccountLines>();
        services.AddSingleton<ShowNotices>();
        services.AddSingleton<MailNotices>();
        services.AddHostedService<NoticeMailing>();
        RightsParts.AddTo(services);
        OversightParts.AddTo(services);
        // SecurityHeaders forbids frames altogether.
        services.AddAntiforgery(options => options.SuppressXFrameOptionsHeader = true);
        CallerAuthentication.AddTo(services);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        SignInEndpoint.Map(routes);
        SessionEndpoints.Map(routes);
        SecondFactorEndpoints.Map(routes);
        InvitationEndpoints.Map(routes);
        PasskeyEndpoints.Map(routes);
        AccountEndpoints.Map(routes);
        PeopleEndpoints.Map(routes);
        GlassEndpoints.Map(routes);
        AuditEndpoints.Map(routes);
        AuditFile.Map(routes);
        NoticeEndpoints.Map(routes);
        RightsParts.Map(routes);
        OversightParts.Map(routes);
    }
}
