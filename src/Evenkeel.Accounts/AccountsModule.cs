using Evenkeel.Accounts.ApiKeys;
using Evenkeel.Accounts.Audit;
using Evenkeel.Accounts.Credits;
using Evenkeel.Accounts.Registration;
using Evenkeel.Accounts.Sessions;
using Evenkeel.Accounts.SignIn;
using Evenkeel.Accounts.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Evenkeel.Accounts;

/// <summary>Organizations, people, and how they sign in.</summary>
public static class AccountsModule
{
    private const int MostBodyBytes = 64 * 1024;

    /// <summary>Adds accounts; needs Platform.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">Holds the section <c>Accounts</c> and <c>Data:Directory</c>.</param>
    /// <param name="dataDirectory">The data folder where it is not the one of <c>Data:Directory</c>; an earlier release kept its key there.</param>
    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration configuration, string? dataDirectory = null)
    {
        services.AddOptions<AccountsOptions>().Bind(configuration.GetSection("Accounts")).ValidateDataAnnotations().ValidateOnStart();
        var keyDirectory = Path.Combine(dataDirectory ?? configuration["Data:Directory"] ?? "data", "keys");
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<LoadSigningKey>(provider, keyDirectory));
        services.AddHostedService(provider => provider.GetRequiredService<LoadSigningKey>());
        services.AddSingleton(provider => provider.GetRequiredService<LoadSigningKey>().Key);
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<IAccessTokens>(provider => provider.GetRequiredService<AccessTokens>());
        services.AddSingleton<Operators>();
        services.AddSingleton<IOrganizations, Organizations>();
        services.AddSingleton<IOperators>(provider => provider.GetRequiredService<Operators>());
        services.AddSingleton<StreamTickets>();
        services.AddSingleton<IStreamTickets>(provider => provider.GetRequiredService<StreamTickets>());
        services.AddSingleton<PasswordHashing>();
        services.AddSingleton<SignInLimits>();
        services.AddSingleton<StartSession>();
        services.AddSingleton<RefreshSession>();
        services.AddSingleton<LogIn>();
        services.AddSingleton<LogOut>();
        services.AddSingleton<Register>();
        services.AddHostedService<ForgetExpired>();
        return services.AddApiKeys().AddCredits(configuration);
    }

    private static IServiceCollection AddApiKeys(this IServiceCollection services)
    {
        services.AddSingleton<IAudit, WriteAudit>();
        services.AddSingleton<KeyUses>();
        services.AddSingleton<FindApiKey>();
        services.AddSingleton<IApiKeys>(provider => provider.GetRequiredService<FindApiKey>());
        services.AddSingleton<CreateApiKey>();
        services.AddSingleton<RevokeApiKey>();
        services.AddHostedService<WriteKeyUses>();
        return services;
    }

    private static IServiceCollection AddCredits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CreditOptions>().Bind(configuration.GetSection("Credits")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<CreditOptions>, ValidateCreditOptions>();
        services.AddSingleton<CreditPlans>();
        services.AddSingleton<ICreditPrices, CreditPrices>();
        services.AddSingleton<IOrganizationInitializer, OpenCreditAccount>();
        services.AddSingleton<ReadCredits>();
        services.AddSingleton<GrantCredits>();
        services.AddSingleton<ChangeCreditPlan>();
        services.AddHostedService<RefillCredits>();
        return services;
    }

    /// <summary>Maps <c>/auth/…</c>, its alias <c>/api/v1/token/refresh</c>, the key set, credits, API keys and the audit.</summary>
    public static IEndpointRouteBuilder MapAccounts(this IEndpointRouteBuilder routes)
    {
        var tokens = routes.MapGroup("").WithTags("Accounts").WithMetadata(new RequestSizeLimitAttribute(MostBodyBytes));
        // Answers hold tokens: nothing between server and client may keep them.
        tokens.AddEndpointFilter(async (context, next) =>
        {
            context.HttpContext.Response.Headers.CacheControl = "no-store";
            return await next(context);
        });
        tokens.MapPost("/auth/register", Register.HandleAsync).WithSummary("Create an account with its own organization");
        tokens.MapPost("/auth/login", LogIn.HandleAsync).WithSummary("Sign in");
        tokens.MapPost("/auth/refresh", RefreshSession.HandleAsync).WithSummary("Exchange a refresh token for the next one");
        tokens.MapPost("/api/v1/token/refresh", RefreshSession.HandleAsync).WithSummary("The same as /auth/refresh");
        tokens.MapPost("/auth/logout", LogOut.HandleAsync).WithSummary("End the session");
        tokens.MapGet("/auth/me", WhoAmI.HandleAsync).RequireSignIn().WithSummary("Who is signed in");
        tokens.MapPost("/auth/refresh-for-streaming", CheckForStreaming.HandleAsync).RequireSignIn()
            .WithSummary("Check the token before opening a stream, and get a ticket for it");
        routes.MapGet("/.well-known/jwks.json", KeySet.Handle).WithTags("Accounts").WithSummary("Public keys of access tokens");
        routes.MapCredits();
        routes.MapAccess();
        return routes;
    }

    private static void MapAccess(this IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/api/v1/admin").WithTags("Administration").WithMetadata(new RequestSizeLimitAttribute(MostBodyBytes)).RequireSignIn();
        admin.MapGet("/keys", ListApiKeys.HandleAsync).RequireRole(MemberRole.Owner, MemberRole.Admin).WithSummary("API keys of the organization, newest first");
        admin.MapPost("/keys", CreateApiKey.HandleAsync).RequireRole(MemberRole.Owner, MemberRole.Admin).WithSummary("Make an API key; its secret is shown this once");
        admin.MapDelete("/keys/{id:guid}", RevokeApiKey.HandleAsync).RequireRole(MemberRole.Owner, MemberRole.Admin).WithSummary("Revoke an API key");
        admin.MapGet("/audit", ListAuditEntries.HandleAsync).RequireRole(MemberRole.Owner, MemberRole.Admin).WithSummary("Who changed what, newest first");
    }

    private static void MapCredits(this IEndpointRouteBuilder routes)
    {
        var credits = routes.MapGroup("/api/v1").WithTags("Credits").WithMetadata(new RequestSizeLimitAttribute(MostBodyBytes)).RequireSignIn();
        credits.MapGet("/credits", ReadCredits.HandleAsync).WithSummary("Balance, plan and usage of the organization");
        credits.MapGet("/credits/entries", ListCreditEntries.HandleAsync).RequireRole(MemberRole.Owner, MemberRole.Admin).WithSummary("The ledger, newest first");
        credits.MapPost("/admin/credits/grants", GrantCredits.HandleAsync).RequireRole(MemberRole.Owner, MemberRole.Admin).WithSummary("Give credits, or take them back");
        credits.MapPost("/admin/credits/plan", ChangeCreditPlan.HandleAsync).RequireRole(MemberRole.Owner).WithSummary("Choose another plan");
    }
}
