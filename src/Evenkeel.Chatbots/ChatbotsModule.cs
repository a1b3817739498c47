using Evenkeel.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Chatbots;

/// <summary>Chatbots: what they are called, how they answer, who reaches them.</summary>
public static class ChatbotsModule
{
    /// <summary>Registers the module; needs Platform and Accounts.</summary>
    public static IServiceCollection AddChatbots(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ChatbotsOptions>().Bind(configuration.GetSection("Chatbots")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ChatbotDirectory>();
        services.AddSingleton<IChatbotDirectory>(provider => provider.GetRequiredService<ChatbotDirectory>());
        services.AddSingleton<IOrganizationInitializer, FirstChatbot>();
        services.AddSingleton<CreateChatbot>();
        services.AddSingleton<UpdateChatbot>();
        services.AddSingleton<DuplicateChatbot>();
        return services;
    }

    /// <summary>Maps <c>/api/v1/chatbots</c>.</summary>
    public static IEndpointRouteBuilder MapChatbots(this IEndpointRouteBuilder routes)
    {
        var chatbots = routes.MapGroup("/api/v1/chatbots").WithTags("Chatbots").RequireSignIn();
        chatbots.MapGet("/", ListChatbots.HandleAsync).WithSummary("Chatbots of the organization, oldest first");
        chatbots.MapPost("/", CreateChatbot.HandleAsync).RequireManager().WithSummary("Create a chatbot");
        chatbots.MapGet("/{id:guid}", GetChatbot.HandleAsync).WithSummary("One chatbot");
        chatbots.MapPatch("/{id:guid}", UpdateChatbot.HandleAsync).RequireManager().WithSummary("Change the members given");
        chatbots.MapDelete("/{id:guid}", DeleteChatbot.HandleAsync).RequireManager()
            .WithSummary("Delete a chatbot; confirm by repeating its slug as ?confirm=");
        chatbots.MapPost("/{id:guid}/duplicate", DuplicateChatbot.HandleAsync).RequireManager()
            .WithSummary("An unpublished copy with the same settings and knowledge");
        chatbots.MapPost("/{id:guid}/publish", UpdateChatbot.PublishAsync).RequireManager().WithSummary("Let everybody reach it");
        chatbots.MapPost("/{id:guid}/unpublish", UpdateChatbot.UnpublishAsync).RequireManager().WithSummary("Only members reach it");
        chatbots.MapGet("/{id:guid}/settings", ChatbotSettingsEndpoints.GetAsync).RequireManager()
            .WithSummary("How it answers; only for owners and admins, because the persona is confidential");
        chatbots.MapPut("/{id:guid}/settings", ChatbotSettingsEndpoints.PutAsync).RequireManager()
            .WithSummary("Replace the settings; absent members return to their defaults");
        return routes;
    }
}
