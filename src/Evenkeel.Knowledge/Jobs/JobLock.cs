namespace Evenkeel.Knowledge.Jobs;

/// <summary>
/// Jobs are locked before documents, everywhere: whoever publishes holds its job's row when it writes the document, and a change that took
/// the document first would wait for it in a circle.
/// </summary>
internal static class JobLock
{
    /// <summary>Locks the jobs of the document <c>@DocumentId</c> to the end of the transaction.</summary>
    public const string Sql = "SELECT id FROM knowledge_jobs WHERE document_id = @DocumentId FOR UPDATE";

    /// <summary>The same for the documents <c>@documents</c>.</summary>
    public const string SqlOfMany = "SELECT id FROM knowledge_jobs WHERE document_id = ANY(@documents) ORDER BY id FOR UPDATE";
}
