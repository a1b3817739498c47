using System.Text.Json;
using System.Text.RegularExpressions;
using Evenkeel.Accounts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Operations;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.CustomEvents;

/// <summary>Registers, changes and removes types. Events that were recorded keep their data; of a type that is gone they show a neutral text, to those who oversee.</summary>
internal sealed partial class SaveEventType(EventTypeBooks books, IAudit audit, TimeProvider time, IOptions<CustomEventOptions> options)
{
    private const int MostTypeCharacters = 64;
    private const int MostTextCharacters = 200;
    private const int MostEmojiCharacters = 16;

    private const string Insert =
        """
        INSERT INTO event_types (organization_id, event_type, emoji, english, chinese, schema_text, retention, privacy, created_at, updated_at)
        SELECT @OrganizationId, @EventType, @Emoji, @English, @Chinese, @SchemaText, @Retention, @Privacy, @now, @now
        WHERE (SELECT count(*) FROM event_types) < @MaxTypes
        ON CONFLICT DO NOTHING
        """;

    private const string Update =
        """
        UPDATE event_types SET emoji = @Emoji, english = @English, chinese = @Chinese, schema_text = @SchemaText, retention = @Retention, privacy = @Privacy, updated_at = @now
        WHERE organization_id = @OrganizationId AND event_type = @EventType
        """;

    /// <summary>A new type; a conflict when there is one of this name, or no more may be.</summary>
    public Task<Result<EventTypeDescription>> CreateAsync(EventTypeRequest request, Caller caller, CancellationToken cancellationToken) =>
        SaveAsync(Insert, request, caller, new Error(ErrorCode.Conflict), cancellationToken);

    /// <summary>The whole of a type anew.</summary>
    public async Task<Result<EventTypeDescription>> ChangeAsync(string type, EventTypeRequest request, Caller caller, CancellationToken cancellationToken) =>
        Name.IsMatch(type) && (await books.OfAsync(caller.OrganizationId, cancellationToken)).Custom.ContainsKey(type)
            ? await SaveAsync(Update, request with { EventType = type }, caller, Error.NotFound, cancellationToken)
            : Error.NotFound;

    /// <summary>False when there is none.</summary>
    public async Task<bool> DeleteAsync(string type, Caller caller, CancellationToken cancellationToken)
    {
        var isDeleted = Name.IsMatch(type) && await audit.ChangeAsync(
            DataScope.Organization(caller.OrganizationId),
            ("DELETE FROM event_types WHERE organization_id = @OrganizationId AND event_type = @type", new { caller.OrganizationId, type }),
            AuditRecord.Of(caller, "event_type.deleted", type),
            cancellationToken) > 0;
        if (isDeleted)
        {
            books.Forget(caller.OrganizationId);
        }

        return isDeleted;
    }

    private async Task<Result<EventTypeDescription>> SaveAsync(
        string sql, EventTypeRequest request, Caller caller, Error whenNothing, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        var row = Read(problems, request);
        if (problems.Count > 0)
        {
            return Error.Invalid(problems);
        }

        var args = new
        {
            caller.OrganizationId, row.EventType, row.Emoji, row.English, row.Chinese, row.SchemaText, row.Retention, row.Privacy, now = time.GetUtcNow(),
            options.Value.MaxTypes,
        };
        var saved = await audit.ChangeAsync(
            DataScope.Organization(caller.OrganizationId),
            (sql, args),
            AuditRecord.Of(caller, "event_type.saved", row.EventType, new { row.Retention, row.Privacy }),
            cancellationToken);
        if (saved == 0)
        {
            return whenNothing;
        }

        books.Forget(caller.OrganizationId);
        return Describe(row.ToType());
    }

    /// <summary>A type as it is listed.</summary>
    public static EventTypeDescription Describe(CustomEventType type) => new()
    {
        EventType = type.Definition.EventType,
        Emoji = type.Definition.Emoji,
        English = type.Definition.English,
        Chinese = type.Definition.Chinese,
        Schema = JsonSerializer.Deserialize<JsonElement>(type.SchemaJson),
        Retention = type.Definition.Retention,
        Privacy = type.Definition.Privacy,
    };

    private static EventTypeRow Read(List<FieldProblem> problems, EventTypeRequest request)
    {
        var type = TextField.Line(problems, "event_type", request.EventType, MostTypeCharacters) ?? "";
        if (problems.Count == 0 && !Name.IsMatch(type))
        {
            problems.Add(new FieldProblem(
                "event_type", "Small letters, digits and _ with a dot between, such as crm.ticket_opened.", "小写字母、数字和下划线，中间含点，例如 crm.ticket_opened。"));
        }

        var english = Text(problems, "english", request.English);
        return new EventTypeRow
        {
            EventType = type,
            Emoji = TextField.Line(problems, "emoji", request.Emoji, MostEmojiCharacters) is { Length: > 0 } emoji ? emoji : "🔔",
            English = english,
            Chinese = request.Chinese is null ? english : Text(problems, "chinese", request.Chinese),
            SchemaText = Schema(problems, request.Schema),
            Retention = OneOf(problems, "retention", request.Retention ?? RetentionClass.Event, RetentionClass.Debug, RetentionClass.Event, RetentionClass.Error),
            Privacy = OneOf(problems, "privacy", request.Privacy ?? PrivacyClass.Operational, PrivacyClass.UserVisible, PrivacyClass.Operational, PrivacyClass.Sensitive),
        };
    }

    private static string Text(List<FieldProblem> problems, string field, string? text)
    {
        var line = TextField.Line(problems, field, text, MostTextCharacters);
        if (string.IsNullOrEmpty(line))
        {
            problems.Add(FieldProblem.Required(field));
        }

        return line ?? "";
    }

    private static string Schema(List<FieldProblem> problems, JsonElement? schema)
    {
        if (schema is not { } given)
        {
            problems.Add(FieldProblem.Required("schema"));
            return "";
        }

        var text = given.GetRawText();
        ClosedSchema.Read(problems, text);
        return text;
    }

    private static string OneOf(List<FieldProblem> problems, string field, string value, params string[] known)
    {
        if (!known.Contains(value))
        {
            var names = string.Join(", ", known);
            problems.Add(new FieldProblem(field, $"One of {names}.", $"可选值：{names}。"));
        }

        return value;
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+$", RegexOptions.CultureInvariant)]
    private static partial Regex Name { get; }
}
