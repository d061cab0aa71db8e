using Farm.Dashboard;
using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Microsoft.AspNetCore.Antiforgery;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>
/// Handles the forms of the sign-in page, because a circuit cannot set a cookie. <see cref="Security.OriginMiddleware"/> refuses forms of other
/// sites; the token in the forms shows that this server's page sent them, whatever the browser says.
/// </summary>
internal sealed class SignInEndpoints(
    FarmAccounts accounts, Sessions sessions, SessionCookie cookie, SessionCookieSettings settings, IAntiforgery antiforgery)
{
    /// <summary>Maps the routes of the forms.</summary>
    public static void Map(WebApplication app)
    {
        var endpoints = ActivatorUtilities.CreateInstance<SignInEndpoints>(app.Services);
        var forms = app.MapGroup("").WithMetadata(new ProtocolName(DashboardHosting.Name));
        forms.MapPost(SignInAddresses.SignIn, endpoints.OfOwnPage(endpoints.SignInAsync));
        forms.MapPost(SignInAddresses.Register, endpoints.OfOwnPage(endpoints.RegisterAsync));
        forms.MapPost(SignInAddresses.SignOut, endpoints.OfOwnPage(endpoints.SignOutAsync));
    }

    /// <summary>Handles a form only with a valid token; without one, the page is shown anew, with another.</summary>
    private RequestDelegate OfOwnPage(Func<HttpContext, Form, Task> handler) => async context =>
    {
        var form = await ReadAsync(context);
        if (await antiforgery.IsRequestValidAsync(context)) await handler(context, form);
        else BackToPage(context, form, "old");
    };

    private async Task SignInAsync(HttpContext context, Form form)
    {
        if (await accounts.AuthenticateAsync(form.Username, form.Password) is { } account) await EnterAsync(context, form, account);
        else BackToPage(context, form, "wrong");
    }

    private async Task RegisterAsync(HttpContext context, Form form)
    {
        if (CredentialRules.WhyNotAllowed(form.Username, form.Password) is not null)
        {
            BackToPage(context, form, "length");
            return;
        }

        try
        {
            var account = await accounts.RegisterAsync(form.Username, form.Password);
            if (account.IsActive) await EnterAsync(context, form, account);
            else BackToPage(context, form, "waits");
        }
        catch (FarmException error)
        {
            BackToPage(context, form, error.Kind switch { ErrorKind.Conflict => "taken", ErrorKind.Invalid => "name", _ => "later" });
        }
    }

    private async Task SignOutAsync(HttpContext context, Form form)
    {
        if (cookie.Token(context) is { } token) await sessions.EndAsync(token);
        cookie.Clear(context);
        Go(context, form.Back);
    }

    private async Task EnterAsync(HttpContext context, Form form, Account account)
    {
        if (cookie.Token(context) is { } before) await sessions.EndAsync(before);
        cookie.Set(context, await sessions.OpenAsync(account.Id, settings.Lifetime));
        Go(context, form.Back);
    }

    private static async Task<Form> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType) throw new BadHttpRequestException("expected a form");
        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return new Form(form["username"].ToString(), form["password"].ToString(), LocalAddress.Or(form["back"], "/"));
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new BadHttpRequestException("the form cannot be read", broken);
        }
    }

    private static void BackToPage(HttpContext context, Form form, string problem) => Go(
        context,
        $"{SignInAddresses.Page}?problem={problem}&name={Uri.EscapeDataString(form.Username)}&back={Uri.EscapeDataString(form.Back)}");

    /// <summary>Redirects with 303, so that the browser uses GET.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">An address of this server, see <see cref="LocalAddress"/>.</param>
    private static void Go(HttpContext context, string path)
    {
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = path;
        context.Response.Headers.CacheControl = "no-store";
    }

    private sealed record Form(string Username, string Password, string Back);
}
