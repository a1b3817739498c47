using System.Text;

namespace Evenkeel.Knowledge.Reading.Isolation;

/// <summary>Reads what a process writes, which is not to be trusted with our memory.</summary>
internal static class BoundedOutput
{
    /// <summary>Many times the text of the largest document within the limits.</summary>
    private const int MostAnswerBytes = 128 * 1024 * 1024;
    private const int KeptBytes = 4096;

    /// <summary>All of it.</summary>
    /// <exception cref="ReadFailedException"><c>too_many_passages</c>: more text than any document may have.</exception>
    public static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var answer = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (answer.Length + read > MostAnswerBytes)
            {
                throw new ReadFailedException(KnowledgeReasons.TooManyPassages);
            }

            answer.Write(buffer, 0, read);
        }

        return answer.ToArray();
    }

    /// <summary>The beginning of what it complains about, for telling kinds of crashes apart; the rest is read and forgotten.</summary>
    public static async Task<string> ReadBeginningAsync(Stream stream, CancellationToken cancellationToken)
    {
        var kept = new StringBuilder();
        var buffer = new byte[KeptBytes];
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                if (kept.Length < KeptBytes)
                {
                    kept.Append(Encoding.UTF8.GetString(buffer, 0, read));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Ended from outside: nobody asks for the reason.
        }

        return kept.ToString();
    }
}
