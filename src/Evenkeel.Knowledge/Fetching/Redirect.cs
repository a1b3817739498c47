using System.Net;

namespace Evenkeel.Knowledge.Fetching;

/// <summary>Where a response sends us.</summary>
internal static class Redirect
{
    /// <summary>The next address, or null where the response is no redirect. Throws <see cref="FetchFailedException"/> for one that is not followed.</summary>
    public static Uri? Of(HttpResponseMessage response, Uri from) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
            ? Next(from, response.Headers.Location)
            : null;

    /// <summary>The address that a <c>Location</c> means.</summary>
    public static Uri Next(Uri from, Uri? location)
    {
        if (location is null || !Uri.TryCreate(from, location, out var next))
        {
            throw new FetchFailedException(KnowledgeReasons.HttpError);
        }

        // Whoever is in between could say anything from there on.
        return from.Scheme == Uri.UriSchemeHttps && next.Scheme == Uri.UriSchemeHttp
            ? throw new FetchFailedException(KnowledgeReasons.InsecureRedirect)
            : WebAddress.Require(next.Fragment.Length == 0 ? next : new UriBuilder(next) { Fragment = "" }.Uri);
    }
}
