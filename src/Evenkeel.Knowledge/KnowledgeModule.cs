using Evenkeel.Accounts;
using Evenkeel.Chatbots;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Documents;
using Evenkeel.Knowledge.Guide;
using Evenkeel.Knowledge.Ingestion;
using Evenkeel.Knowledge.Passages;
using Evenkeel.Knowledge.Privacy;
using Evenkeel.Knowledge.Sources;
using Evenkeel.Knowledge.Terms;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Knowledge;

/// <summary>Sources, their documents, and the passages answers are made from.</summary>
public static class KnowledgeModule
{
    /// <summary>Registers the module; call after <c>AddChatbots</c>, whose first chatbot it fills.</summary>
    public static IServiceCollection AddKnowledge(this IServiceCollection services, IConfiguration configuration)
    {
        _ = configuration;
        services.AddSingleton<TermNormalizer>();
        services.AddSingleton<PassageAnalyzer>();
        services.AddSingleton<QuestionAnalyzer>();
        services.AddSingleton<StoredAnalysis>();
        services.AddHostedService<RenewAnalysis>();
        services.AddSingleton<KnowledgeVersions>();
        services.AddSingleton<IKnowledgeVersions>(provider => provider.GetRequiredService<KnowledgeVersions>());
        services.AddSingleton<IKnowledgeReader, KnowledgeReader>();
        services.AddSingleton<IPersonalDataMasking, PersonalDataMasking>();
        services.AddSingleton<DocumentPreparation>();
        services.AddSingleton<StoreDocuments>();
        services.AddSingleton<GuideDocuments>();
        services.AddSingleton<IOrganizationInitializer, FirstKnowledge>();
        services.AddSingleton<IChatbotCopier, CopyKnowledge>();
        services.AddSingleton<AddDocuments>();
        services.AddSingleton<DeleteDocument>();
        services.AddSingleton<DeleteSource>();
        return services;
    }

    /// <summary>Maps sources, documents and passages.</summary>
    public static IEndpointRouteBuilder MapKnowledge(this IEndpointRouteBuilder routes)
    {
        var sources = routes.MapGroup("/api/v1/chatbots/{id:guid}/sources").WithTags("Knowledge").RequireSignIn().AddEndpointFilter(RequireChatbotAsync);
        sources.MapGet("/", ReadSources.ListAsync).WithSummary("Sources of a chatbot");
        sources.MapPost("/", CreateSource.HandleAsync).RequireManager().WithSummary("Create a source");
        sources.MapGet("/{source_id:guid}", ReadSources.GetAsync).WithSummary("One source");
        sources.MapDelete("/{source_id:guid}", DeleteSource.HandleAsync).RequireManager().WithSummary("Delete a source and its documents");
        sources.MapGet("/{source_id:guid}/documents", ReadDocuments.ListAsync).WithSummary("Documents of a source");
        sources.MapPost("/{source_id:guid}/documents", AddDocuments.HandleAsync).RequireManager()
            .Accepts<PasteDocumentRequest>("application/json", "multipart/form-data")
            .WithMetadata(new RequestSizeLimitAttribute(DocumentUpload.MostRequestBytes))
            .WithSummary("Upload or paste Markdown and text; a document of the same name is replaced");
        sources.MapGet("/{source_id:guid}/documents/{document_id:guid}", ReadDocuments.GetAsync).WithSummary("One document");
        sources.MapDelete("/{source_id:guid}/documents/{document_id:guid}", DeleteDocument.HandleAsync).RequireManager()
            .WithSummary("Delete a document");
        sources.MapGet("/{source_id:guid}/documents/{document_id:guid}/passages", ReadPassages.ListAsync)
            .WithSummary("Passages of a document, in its order");
        routes.MapGet("/api/v1/passages/{id:guid}", ReadPassages.GetAsync).WithTags("Knowledge").RequireSignIn()
            .WithSummary("A passage by the id that a citation gives");
        return routes;
    }

    /// <summary>Everything under a chatbot that is deleted or somebody else's does not exist.</summary>
    private static async ValueTask<object?> RequireChatbotAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var directory = http.RequestServices.GetRequiredService<IChatbotDirectory>();
        return http.Features.Get<Caller>() is { } caller
            && Guid.TryParse(http.Request.RouteValues["id"] as string, out var id)
            && await directory.FindAsync(caller.OrganizationId, id, http.RequestAborted) is not null
            ? await next(context)
            : new ErrorResult(Error.NotFound);
    }
}
