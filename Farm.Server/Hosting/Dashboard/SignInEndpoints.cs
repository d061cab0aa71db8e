using Farm.Dashboard;
using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>
/// Handles the forms of the sign-in page, because a circuit cannot set a cookie. <see cref="Security.OriginMiddleware"/> refuses forms of other
/// sites.
/// </summary>
internal sealed class SignInEndpoints(FarmAccounts accounts, Sessions sessions, SessionCookie cookie, SessionCookieSettings settings)
{
    /// <summary>Maps the routes of the forms.</summary>
    public static void Map(WebApplication app)
    {
        var endpoints = ActivatorUtilities.CreateInstance<SignInEndpoints>(app.Services);
        app.MapPost(SignInAddresses.SignIn, endpoints.SignInAsync);
        app.MapPost(SignInAddresses.Register, endpoints.RegisterAsync);
        app.MapPost(SignInAddresses.SignOut, endpoints.SignOutAsync);
    }

    private async Task SignInAsync(HttpContext context)
    {
        var form = await ReadAsync(context);
        if (await accounts.AuthenticateAsync(form.Username, form.Password) is { } account) await EnterAsync(context, form, account);
        else BackToPage(context, form, "wrong");
    }

    private async Task RegisterAsync(HttpContext context)
    {
        var form = await ReadAsync(context);
        if (CredentialRules.WhyNotAllowed(form.Username, form.Password) is not null)
        {
            BackToPage(context, form, "length");
            return;
        }

        try
        {
            await EnterAsync(context, form, await accounts.RegisterAsync(form.Username, form.Password));
        }
        catch (FarmException error)
        {
            BackToPage(context, form, error.Kind switch { ErrorKind.Conflict => "taken", ErrorKind.Invalid => "name", _ => "later" });
        }
    }

    private async Task SignOutAsync(HttpContext context)
    {
        var form = await ReadAsync(context);
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
