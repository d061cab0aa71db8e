using Microsoft.Extensions.Primitives;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>
/// Some GET routes change state, and browsers send the session cookie with a GET that another site starts. Browsers mark such requests in
/// Sec-Fetch-Site (Contracts/TaskTracker/Contract.md section 4.5).
/// </summary>
internal static class CrossSiteRequests
{
    /// <summary>Rejects a request from a page of another site.</summary>
    /// <exception cref="TrackerException">It comes from another site: 403.</exception>
    public static void RejectCrossSite(this HttpContext context)
    {
        var site = context.Request.Headers["Sec-Fetch-Site"];
        if (!StringValues.IsNullOrEmpty(site) && !site.All(value => value is "same-origin" or "none"))
            throw TrackerException.Forbidden("cross-site request rejected");
    }
}
