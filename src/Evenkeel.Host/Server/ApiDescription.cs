using System.Text.Json;
using System.Text.Json.Nodes;
using Evenkeel.Accounts;
using Evenkeel.Contracts.Errors;
using Microsoft.OpenApi;

namespace Evenkeel.Host.Server;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c>; the TypeScript types are generated from it.</summary>
internal static class ApiDescription
{
    /// <summary>Registers the document.</summary>
    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Evenkeel",
                Version = "v1",
                Description = "REST part of the wire contract. Sockets, frames and guarantees: docs/contract.md.",
            };
            document.Servers = [];
            document.AddExtension("x-error-catalogue", new JsonNodeExtension(DescribeErrors()));
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" },
                ["api_key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = IApiKeys.Header },
            };
            return Task.CompletedTask;
        });
        // The wire's own converter hides from the generator that times are text.
        options.AddSchemaTransformer((schema, context, _) =>
        {
            var type = context.JsonTypeInfo.Type;
            if (type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?))
            {
                schema.Type = type == typeof(DateTimeOffset) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
                schema.Format = "date-time";
            }

            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            if (metadata.OfType<ISignInMetadata>().Any())
            {
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", context.Document)] = [] }];
            }

            // OpenAPI 3.1 lets every scheme name what is needed of it.
            if (metadata.OfType<IApiKeyMetadata>().LastOrDefault() is { } key)
            {
                operation.Security!.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("api_key", context.Document)] = [key.Scope] });
            }

            return Task.CompletedTask;
        });
    });

    // Clients generate their texts from this, so that there is one table of errors and not one more in each client.
    private static JsonObject DescribeErrors() => new(ErrorCatalogue.All.Select(error => KeyValuePair.Create<string, JsonNode?>(error.Code, new JsonObject
    {
        ["status"] = error.Status == 0 ? null : error.Status,
        ["retry"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(error.Retry.ToString()),
        ["retryable"] = error.Retryable,
        ["severity"] = error.Severity,
        ["text"] = Describe(error.Happened),
        ["action"] = Describe(error.Action),
    })));

    private static JsonObject Describe(LocalText text) => new() { ["en"] = text.English, ["zh"] = text.Chinese };

    /// <summary>Serves the document.</summary>
    public static void MapApiDescription(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi/{documentName}.json");
}
