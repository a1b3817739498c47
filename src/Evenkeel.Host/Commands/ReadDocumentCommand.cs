using Evenkeel.Knowledge.Reading.Isolation;

namespace Evenkeel.Host.Commands;

/// <summary>
/// <c>evenkeel read-document</c>, which only the server calls: reads one document in a process that may be ended at any time. It is not among
/// the verbs that help lists, and is chosen before anything else is built, because it starts once for every document.
/// </summary>
internal static class ReadDocumentCommand
{
    /// <summary>Is this what the arguments ask for?</summary>
    public static bool Matches(string[] arguments) => arguments is [ReadingProgram.Verb];

    /// <summary>Reads what standard input names.</summary>
    /// <returns>The exit code.</returns>
    public static int Run() => ReadingProgram.Run();
}
