using Microsoft.AspNetCore.Antiforgery;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>
/// Reads forms of the farm's own pages, for what a circuit cannot do, such as setting a cookie. <see cref="Security.OriginMiddleware"/> refuses
/// forms of other sites; the token in the forms shows that this server's page sent them, whatever the browser says.
/// </summary>
internal sealed class PageForms(IAntiforgery antiforgery)
{
    /// <summary>Handles a form only with a valid token; without one, the page is shown anew, with another.</summary>
    /// <param name="page">The address of the page, from what was entered and the code of the problem.</param>
    /// <param name="handler">Handles the form.</param>
    public RequestDelegate Handle(Func<IFormCollection, string, string> page, Func<HttpContext, IFormCollection, Task> handler) => async context =>
    {
        var form = await ReadAsync(context);
        if (await antiforgery.IsRequestValidAsync(context)) await handler(context, form);
        else Go(context, page(form, "old"));
    };

    /// <summary>Redirects with 303, so that the browser uses GET.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">An address of this server, see <see cref="Farm.Dashboard.LocalAddress"/>.</param>
    public static void Go(HttpContext context, string path)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
        context.Response.Headers.CacheControl = "no-store";
    }

    private static async Task<IFormCollection> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType) throw new BadHttpRequestException("expected a form");
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new BadHttpRequestException("the form cannot be read", broken);
        }
    }
}
