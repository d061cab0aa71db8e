namespace Farm.Server.Contracts.Shared;

/// <summary>
/// Endpoint metadata: GET changes state here because the protocol wants it so. A request that may come from a page of another site is refused,
/// see <see cref="Hosting.Security.OriginMiddleware"/>. Every GET route that writes must have it.
/// </summary>
/// <param name="UsesSession">
/// Whether clients of the protocol send the session cookie. Where they do not, a cookie is the sign of a browser.
/// </param>
internal sealed record StateChangingGet(bool UsesSession = false);
