using Evenkeel.Contracts.Catalogue;

namespace Evenkeel.Catalog.Questions;

/// <summary>Reads what a question says of places, dates and the way of attending, in English and Chinese.</summary>
public interface IQuestionReading
{
    /// <summary>What <paramref name="text"/> says, relative to this moment in the person's time zone.</summary>
    /// <param name="organizationId">Whose locations are known.</param>
    /// <param name="text">The question.</param>
    /// <param name="timeZone">The person's, an IANA name; <c>Etc/UTC</c> where it is not known.</param>
    /// <param name="cancellationToken">Of the request.</param>
    Task<UnderstoodQuestion> ReadAsync(Guid organizationId, string text, string timeZone, CancellationToken cancellationToken);
}
