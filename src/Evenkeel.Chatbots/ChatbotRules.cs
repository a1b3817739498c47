using System.Text.RegularExpressions;
using Evenkeel.Contracts.Chatbots;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Chatbots;

/// <summary>What the texts of a chatbot must look like.</summary>
internal static partial class ChatbotRules
{
    private const int MostNameCharacters = 100;
    private const int MostSlugCharacters = 60;
    private const int MostDescriptionCharacters = 1_000;
    private const int MostTextCharacters = 2_000;
    private const int MostPersonaCharacters = 8_000;
    private const int MostModelCharacters = 200;
    private const int MostFallbackModels = 5;

    /// <summary>The request with its texts trimmed, or every field that is not right.</summary>
    public static Result<ChatbotRequest> Check(ChatbotRequest request, bool isNew)
    {
        var problems = new List<FieldProblem>();
        var name = TextField.Line(problems, "name", request.Name, MostNameCharacters);
        if (name is { Length: 0 } || (isNew && name is null))
        {
            problems.Add(FieldProblem.Required("name"));
        }

        if (request.Slug is { } slug && !SlugPattern().IsMatch(slug))
        {
            problems.Add(new FieldProblem(
                "slug",
                "3 to 60 characters: a to z, 0 to 9 and hyphens, neither first nor last a hyphen.",
                "3 到 60 个字符：小写字母、数字和连字符，首尾不能是连字符。"));
        }

        var description = TextField.Block(problems, "description", request.Description, MostDescriptionCharacters);
        var welcome = TextField.Block(problems, "welcome_message", request.WelcomeMessage, MostTextCharacters);
        return problems.Count > 0
            ? Error.Invalid(problems)
            : request with { Name = name, Description = description, WelcomeMessage = welcome };
    }

    /// <summary>The settings asked for, or every field that is not right.</summary>
    public static Result<ChatbotSettings> Check(ChatbotSettingsRequest request)
    {
        var problems = new List<FieldProblem>();
        var settings = new ChatbotSettings
        {
            Persona = TextField.Block(problems, "persona", request.Persona, MostPersonaCharacters) ?? "",
            Model = TextField.Line(problems, "model", request.Model, MostModelCharacters) ?? "",
            Temperature = request.Temperature,
            FallbackModels = CheckFallbacks(problems, request.FallbackModels ?? []),
            UnknownAnswer = TextField.Block(problems, "unknown_answer", request.UnknownAnswer, MostTextCharacters) ?? "",
            BlockedAnswer = TextField.Block(problems, "blocked_answer", request.BlockedAnswer, MostTextCharacters) ?? "",
            RequireRetrieval = request.RequireRetrieval ?? false,
            MaskPersonalData = CheckMasking(problems, request.MaskPersonalData),
            LeastScore = request.LeastScore,
            UseTools = request.UseTools ?? true,
        };
        if (request.Temperature is < 0 or > 2)
        {
            problems.Add(new FieldProblem("temperature", "Between 0 and 2.", "应在 0 到 2 之间。"));
        }

        if (request.LeastScore is < 0 or > 1)
        {
            problems.Add(new FieldProblem("least_score", "Between 0 and 1.", "应在 0 到 1 之间。"));
        }

        return problems.Count > 0 ? Error.Invalid(problems) : settings;
    }

    /// <summary>A slug made from a name; unique by the tail, which is taken from the id's random part.</summary>
    public static string MakeSlug(string name, Guid id)
    {
        var words = NotInSlug().Replace(name.ToLowerInvariant(), "-").Trim('-');
        var tail = id.ToString("N")[^8..];
        var most = MostSlugCharacters - tail.Length - 1;
        words = words.Length > most ? words[..most].Trim('-') : words;
        return words.Length == 0 ? $"bot-{tail}" : $"{words}-{tail}";
    }

    /// <summary>The name of a duplicate, within the limit.</summary>
    public static string NameOfCopy(string name, string language)
    {
        var suffix = language == "zh" ? "（副本）" : " (copy)";
        var most = MostNameCharacters - suffix.Length;
        return (name.Length > most ? name[..most] : name) + suffix;
    }

    private static List<string> CheckFallbacks(List<FieldProblem> problems, IReadOnlyList<string?> models)
    {
        if (models.Count > MostFallbackModels)
        {
            problems.Add(new FieldProblem("fallback_models", $"At most {MostFallbackModels} models.", $"最多 {MostFallbackModels} 个模型。"));
            return [];
        }

        var names = new List<string>(models.Count);
        for (var index = 0; index < models.Count; index++)
        {
            var field = $"fallback_models[{index}]";
            var name = TextField.Line(problems, field, models[index], MostModelCharacters);
            if (string.IsNullOrEmpty(name))
            {
                problems.Add(FieldProblem.Required(field));
                continue;
            }

            names.Add(name);
        }

        return names;
    }

    private static IReadOnlyList<string> CheckMasking(List<FieldProblem> problems, IReadOnlyList<string?>? kinds)
    {
        if (kinds is null)
        {
            return PersonalDataKind.MaskedByDefault;
        }

        if (kinds.Any(kind => !PersonalDataKind.All.Contains(kind)))
        {
            var names = string.Join(", ", PersonalDataKind.All);
            problems.Add(new FieldProblem("mask_personal_data", $"Any of: {names}.", $"可选值：{names}。"));
        }

        return [.. PersonalDataKind.All.Where(kinds.Contains)];
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,58}[a-z0-9]$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex SlugPattern();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex NotInSlug();
}
