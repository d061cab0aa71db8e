namespace Farm.Server.Contracts.Shared;

/// <summary>
/// Endpoint metadata: pages of other sites may call this endpoint although it changes something, as long as the request carries no session
/// cookie. Anybody could send such a request.
/// </summary>
/// <param name="SessionCookie">The name of the session cookie.</param>
internal sealed record AllowCrossSite(string SessionCookie)
{
    /// <summary>Whether a request from another site may pass.</summary>
    public bool Admits(HttpRequest request) => !request.Cookies.ContainsKey(SessionCookie);
}
