using Microsoft.Extensions.Primitives;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>
/// Some routes change something although they are GET, and a browser sends the session with a GET that a page of another site leads to. It
/// says so in Sec-Fetch-Site (Contracts/TaskTracker/Contract.md section 4.5).
/// </summary>
internal static class OtherPages
{
    /// <summary>Refuses what a page of another site leads to.</summary>
    /// <exception cref="TrackerException">It does: 403.</exception>
    public static void RefuseOtherPages(this HttpContext context)
    {
        var site = context.Request.Headers["Sec-Fetch-Site"];
        if (!StringValues.IsNullOrEmpty(site) && !site.All(value => value is "same-origin" or "none"))
            throw TrackerException.Forbidden("the request comes from a page of another site");
    }
}
