using Evenkeel.Accounts;
using Evenkeel.Chatbots;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Contents;
using Evenkeel.Knowledge.Documents;
using Evenkeel.Knowledge.Embedding;
using Evenkeel.Knowledge.Fetching;
using Evenkeel.Knowledge.Guide;
using Evenkeel.Knowledge.Ingestion;
using Evenkeel.Knowledge.Jobs;
using Evenkeel.Knowledge.Passages;
using Evenkeel.Knowledge.Privacy;
using Evenkeel.Knowledge.Reading;
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
    /// <param name="services">Where to register.</param>
    /// <param name="configuration">The whole configuration.</param>
    /// <param name="runsJobs">Whether this process reads, fetches and embeds: the worker.</param>
    public static IServiceCollection AddKnowledge(this IServiceCollection services, IConfiguration configuration, bool runsJobs)
    {
        services.AddOptions<KnowledgeOptions>().Bind(configuration.GetSection("Knowledge")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<KnowledgeJobOptions>().Bind(configuration.GetSection("Knowledge:Jobs")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TermNormalizer>();
        services.AddSingleton<PassageAnalyzer>();
        services.AddSingleton<QuestionAnalyzer>();
        services.AddSingleton<StoredAnalysis>();
        services.AddHostedService<RenewAnalysis>();
        services.AddSingleton<KnowledgeVersions>();
        services.AddSingleton<IKnowledgeVersions>(provider => provider.GetRequiredService<KnowledgeVersions>());
        services.AddSingleton<IKnowledgeReader, KnowledgeReader>();

        services.AddSingleton<IPersonalDataMasking, PersonalDataMasking>();
        services.AddSingleton<GuideDocuments>();
        services.AddSingleton<StorePassages>();
        services.AddSingleton<IOrganizationInitializer, FirstKnowledge>();
        services.AddSingleton<IChatbotCopier, CopyKnowledge>();
        services.AddSingleton<ContentStore>();
        services.AddSingleton<QueueJobs>();
        services.AddSingleton<FinishedDocuments>();
        services.AddSingleton<WaitForDocuments>();
        services.AddSingleton<StoreUploads>();
        services.AddSingleton<AddDocuments>();
        services.AddSingleton<RetryDocuments>();
        services.AddSingleton<DeleteDocument>();
        services.AddSingleton<CreateSource>();
        services.AddSingleton<ChangeSource>();
        services.AddSingleton<DeleteSource>();
        if (runsJobs)
        {
            AddJobs(services, configuration);
        }

        return services;
    }

    private static void AddJobs(IServiceCollection services, IConfiguration configuration)
    {
        services.AddReading(configuration);
        services.AddFetching(configuration);
        services.AddSingleton<QuietThreads>();
        services.AddSingleton<ClaimJobs>();
        services.AddSingleton<RunJob>();
        services.AddSingleton<PublishDocument>();
        services.AddSingleton<IJobHandler, ReadContent>();
        services.AddSingleton<IJobHandler, EmbedDocument>();
        services.AddSingleton<IAfterPublication, QueueEmbedding>();
        services.AddHostedService<RunJobs>();
        services.AddHostedService<ReembedKnowledge>();
        services.AddHostedService<RemoveDeleted>();
    }

    /// <summary>Maps sources, documents and passages.</summary>
    public static IEndpointRouteBuilder MapKnowledge(this IEndpointRouteBuilder routes)
    {
        var sources = routes.MapGroup("/api/v1/chatbots/{id:guid}/sources").WithTags("Knowledge").RequireSignIn().AddEndpointFilter(RequireChatbotAsync);
        MapSources(sources);
        MapDocuments(sources.MapGroup("/{source_id:guid}/documents"));
        routes.MapGet("/api/v1/passages/{id:guid}", ReadPassages.GetAsync).WithTags("Knowledge").RequireSignIn()
            .WithSummary("A passage by the id that a citation gives");
        return routes;
    }

    private static void MapSources(RouteGroupBuilder sources)
    {
        sources.MapGet("/", ReadSources.ListAsync).WithSummary("Sources of a chatbot");
        sources.MapPost("/", CreateSource.HandleAsync).RequireManager().WithSummary("Create a source of files, or of pages of the web");
        sources.MapGet("/{source_id:guid}", ReadSources.GetAsync).WithSummary("One source");
        sources.MapPatch("/{source_id:guid}", ChangeSource.HandleAsync).RequireManager().WithSummary("Change a source");
        sources.MapDelete("/{source_id:guid}", DeleteSource.HandleAsync).RequireManager().WithSummary("Delete a source and its documents");
        sources.MapPost("/{source_id:guid}/fetch", FetchSourceNow.HandleAsync).RequireManager().WithSummary("Fetch a web source again now");
        sources.MapPost("/{source_id:guid}/retry", RetryDocuments.AllAsync).RequireManager().WithSummary("Read all documents that failed again");
    }

    private static void MapDocuments(RouteGroupBuilder documents)
    {
        documents.MapGet("/", ReadDocuments.ListAsync).WithSummary("Documents of a source, of one status if asked");
        documents.MapPost("/", AddDocuments.HandleAsync).RequireManager()
            .Accepts<PasteDocumentRequest>("application/json", "multipart/form-data")
            .WithMetadata(new RequestSizeLimitAttribute(DocumentUpload.MostRequestBytes))
            .WithSummary("Upload files or paste text; a document of the same name is replaced");
        documents.MapGet("/{document_id:guid}", ReadDocuments.GetAsync).WithSummary("One document");
        documents.MapDelete("/{document_id:guid}", DeleteDocument.HandleAsync).RequireManager().WithSummary("Delete a document");
        documents.MapPost("/{document_id:guid}/retry", RetryDocuments.OneAsync).RequireManager().WithSummary("Read a document again");
        documents.MapPost("/{document_id:guid}/cancel", CancelDocument.HandleAsync).RequireManager().WithSummary("Do not read a document any further");
        documents.MapGet("/{document_id:guid}/content", DownloadDocument.HandleAsync).RequireManager().WithSummary("The document as it came in");
        documents.MapGet("/{document_id:guid}/passages", ReadPassages.ListAsync).WithSummary("Passages of a document, in its order");
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
