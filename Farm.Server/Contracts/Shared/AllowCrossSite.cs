namespace Farm.Server.Contracts.Shared;

/// <summary>
/// Lets pages of other sites call an endpoint that changes something, as long as they do not bring a visitor's session: what they do then,
/// anybody could do. Put into an endpoint's metadata.
/// </summary>
/// <param name="SessionCookie">The cookie that a session is known by.</param>
internal sealed record AllowCrossSite(string SessionCookie)
{
    /// <summary>Whether a request from another site may pass.</summary>
    public bool Admits(HttpRequest request) => !request.Cookies.ContainsKey(SessionCookie);
}
