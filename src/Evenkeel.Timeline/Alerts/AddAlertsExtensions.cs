using Evenkeel.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Health;
using Evenkeel.Platform.Http;
using Evenkeel.Timeline.Alerts.Managing;
using Evenkeel.Timeline.Alerts.Notifying;
using Evenkeel.Timeline.Alerts.Rounds;
using Evenkeel.Timeline.Alerts.Rules;
using Evenkeel.Timeline.Retention;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Timeline.Alerts;

internal static class AddAlertsExtensions
{
    private const int MostBodyBytes = 64 * 1024;

    public static void AddAlerts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AlertsOptions>().Bind(configuration.GetSection("Alerts")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RuleFields>();
        services.AddSingleton<RuleFile>();
        services.AddSingleton<BaseRules>();
        services.AddSingleton<ReadRules>();
        services.AddSingleton<AlertHealth>();
        services.AddSingleton<IHealthContributor>(provider => provider.GetRequiredService<AlertHealth>());
        services.AddSingleton<JudgeRule>();
        services.AddSingleton<RoundParts>();
        services.AddSingleton<JudgeAlerts>();
        services.AddHostedService(provider => provider.GetRequiredService<JudgeAlerts>());
        services.AddSingleton<IRetained, ForgetAlerts>();
        services.AddSingleton<ShowRules>();
        services.AddSingleton<ChangeRules>();
        services.AddSingleton<PreviewRule>();
        services.AddSingleton<ListChanges>();
        services.AddSingleton<ManageSilences>();
        services.AddSingleton<ManageReceivers>();
        services.AddSingleton<TestReceiver>();
        services.AddNotifying();
    }

    private static void AddNotifying(this IServiceCollection services)
    {
        services.AddSingleton<IAlertChannel, WebhookChannel>();
        services.AddSingleton<IAlertChannel, EmailChannel>();
        services.AddSingleton<IAlertChannel, LogChannel>();
        services.AddSingleton<DeliverMessage>();
        services.AddSingleton<AlertTexts>();
        services.AddSingleton<SendNotifications>();
        services.AddHostedService(provider => provider.GetRequiredService<SendNotifications>());
    }

    public static void MapAlerts(this IEndpointRouteBuilder routes)
    {
        // Keys read; where notifications go is nobody's business who only reads.
        var read = routes.MapGroup("/api/v1/admin/alerts").WithTags("Alerts").RequireSignInOrKey(ApiScope.OperationsRead);
        read.MapGet("/rules", (HttpContext context, ShowRules show, Caller caller, CancellationToken stop) => show.ListAsync(context, caller, stop))
            .ForReading("Rules and where they stand");
        read.MapGet("/rules/{id:guid}", (HttpContext context, Guid id, ShowRules show, Caller caller, CancellationToken stop) => show.GetAsync(context, id, caller, stop))
            .ForReading("One rule");
        read.MapGet("/changes", ListChangesAsync).ForReading("What happened, newest first");
        read.MapGet("/silences", (ManageSilences manage, Caller caller, CancellationToken stop) => manage.ListAsync(caller, stop))
            .ForReading("Silences that hold or will hold");
        var manage = routes.MapGroup("/api/v1/admin/alerts").WithTags("Alerts").WithMetadata(new RequestSizeLimitAttribute(MostBodyBytes)).RequireSignIn();
        manage.MapRules();
        manage.MapSilences();
        manage.MapReceivers();
    }

    private static void MapRules(this IEndpointRouteBuilder manage)
    {
        manage.MapPost("/rules/preview", (AlertPreviewRequest request, PreviewRule preview, Caller caller, CancellationToken stop) => preview.HandleAsync(request, caller, stop))
            .ForManaging("What a rule would have done");
        manage.MapPost("/rules", (HttpContext context, AlertRuleRequest request, ChangeRules change, Caller caller, CancellationToken stop) => change.CreateAsync(context, request, caller, stop))
            .ForManaging("Add a rule");
        manage.MapPut("/rules/{id:guid}", (HttpContext context, Guid id, AlertRuleRequest request, ChangeRules change, Caller caller, CancellationToken stop) => change.ReplaceAsync(context, id, request, caller, stop))
            .ForManaging("Change a rule; of shipped rules thresholds, times and receivers");
        manage.MapDelete("/rules/{id:guid}", (Guid id, ChangeRules change, Caller caller, CancellationToken stop) => change.DeleteAsync(id, caller, stop))
            .ForManaging("Delete a rule, or take back what was changed of a shipped one");
    }

    private static void MapSilences(this IEndpointRouteBuilder manage)
    {
        manage.MapPost("/silences", (AlertSilenceRequest request, ManageSilences manage, Caller caller, CancellationToken stop) => manage.CreateAsync(request, caller, stop))
            .ForManaging("Say nothing for a while");
        manage.MapDelete("/silences/{id:guid}", (Guid id, ManageSilences manage, Caller caller, CancellationToken stop) => manage.DeleteAsync(id, caller, stop))
            .ForManaging("End a silence");
    }

    private static void MapReceivers(this IEndpointRouteBuilder manage)
    {
        manage.MapGet("/receivers", (ManageReceivers manage, Caller caller, CancellationToken stop) => manage.ListAsync(caller, stop))
            .ForManaging("Where notifications go");
        manage.MapPost("/receivers", (HttpContext context, AlertReceiverRequest request, ManageReceivers manage, Caller caller, CancellationToken stop) => manage.CreateAsync(context, request, caller, stop))
            .ForManaging("Add a receiver");
        manage.MapPut("/receivers/{id:guid}", (Guid id, AlertReceiverRequest request, ManageReceivers manage, Caller caller, CancellationToken stop) => manage.ChangeAsync(id, request, caller, stop))
            .ForManaging("Change a receiver; what is absent stays");
        manage.MapDelete("/receivers/{id:guid}", (Guid id, ManageReceivers manage, Caller caller, CancellationToken stop) => manage.DeleteAsync(id, caller, stop))
            .ForManaging("Delete a receiver");
        manage.MapPost("/receivers/{id:guid}/test", (Guid id, TestReceiver test, Caller caller, CancellationToken stop) => test.HandleAsync(id, caller, stop))
            .ForManaging("Send a test");
    }

    private static Task<Results<Ok<Page<AlertChange>>, ErrorResult>> ListChangesAsync(
        HttpContext context, [AsParameters] PageRequest page, [FromQuery(Name = "rule_id")] Guid? ruleId, ListChanges list, Caller caller, CancellationToken stop) =>
        list.HandleAsync(context, page, ruleId, caller, stop);

    private static void ForReading(this RouteHandlerBuilder route, string summary) => route.RequireRole(MemberRole.Owner, MemberRole.Admin, MemberRole.Key).WithSummary(summary);

    private static void ForManaging(this RouteHandlerBuilder route, string summary) => route.RequireRole(MemberRole.Owner, MemberRole.Admin).WithSummary(summary);
}
