using System.Reflection;
using System.Text;
using Evenkeel.Chat.Turns;

namespace Evenkeel.Chat.Stages;

/// <summary>The instructions of the prompt, from the files in <c>Prompts</c>; each file says in its comment why it is worded so.</summary>
internal sealed class PromptTexts
{
    /// <summary>Recorded with every turn; raise it with any change of the files.</summary>
    public const string Version = "4";

    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);

    public PromptTexts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.Contains(".Prompts.", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            var text = reader.ReadToEnd();
            var comment = text.IndexOf("-->", StringComparison.Ordinal);
            _files[name[(name.IndexOf(".Prompts.", StringComparison.Ordinal) + ".Prompts.".Length)..]] = text[(comment + 3)..].Trim();
        }
    }

    /// <summary>Everything below in both languages: what no answer may repeat.</summary>
    public IEnumerable<string> AllTexts => [.. _files.Values];

    /// <summary>How to answer.</summary>
    public string Instructions(string language, Route route) => _files[$"{(route == Route.SmallTalk ? "small_talk" : "documents")}.{language}.md"];

    /// <summary>Stands before the chatbot's own persona.</summary>
    public string PersonaHeading(string language) => _files[$"persona.{language}.md"];

    /// <summary>Stands before the passages.</summary>
    public string MaterialHeading(string language) => _files[$"material.{language}.md"];

    /// <summary>Stands before what the person is to be told first.</summary>
    public string NotesHeading(string language) => _files[$"notes.{language}.md"];

    /// <summary>For models that may search again.</summary>
    public string Tools(string language) => _files[$"tools.{language}.md"];

    /// <summary>For models that may search the catalogue.</summary>
    public string EventTools(string language) => _files[$"event_tools.{language}.md"];
}
