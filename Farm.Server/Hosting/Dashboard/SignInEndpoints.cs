using Farm.Dashboard;
using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>Handles the forms of the sign-in page.</summary>
internal sealed class SignInEndpoints(FarmAccounts accounts, Sessions sessions, SessionCookie cookie, SessionCookieSettings settings)
{
    /// <summary>Maps the routes of the forms.</summary>
    public static void Map(WebApplication app)
    {
        var endpoints = ActivatorUtilities.CreateInstance<SignInEndpoints>(app.Services);
        var forms = app.Services.GetRequiredService<PageForms>();
        var routes = app.MapGroup("").Allows(RouteAccess.Anyone).WithMetadata(new ProtocolName(DashboardHosting.Name));
        routes.MapPost(SignInAddresses.SignIn, forms.Handle(Page, endpoints.SignInAsync));
        routes.MapPost(SignInAddresses.Register, forms.Handle(Page, endpoints.RegisterAsync));
        routes.MapPost(SignInAddresses.SignOut, forms.Handle(Page, endpoints.SignOutAsync));
    }

    private async Task SignInAsync(HttpContext context, IFormCollection form)
    {
        try
        {
            if (await accounts.AuthenticateAsync(context.Caller(), Name(form), form["password"].ToString()) is { } account) await EnterAsync(context, form, account);
            else PageForms.Go(context, Page(form, "wrong"));
        }
        catch (FarmException error) when (error.Kind == ErrorKind.Exhausted)
        {
            PageForms.Go(context, Page(form, "often"));
        }
    }

    private async Task RegisterAsync(HttpContext context, IFormCollection form)
    {
        var (username, password) = (Name(form), form["password"].ToString());
        if (CredentialRules.WhyNameNotAllowed(username) is not null)
        {
            PageForms.Go(context, Page(form, "length"));
            return;
        }

        if (PasswordRules.WhyNotAllowed(username, password) is not null)
        {
            PageForms.Go(context, Page(form, "password"));
            return;
        }

        try
        {
            var account = await accounts.RegisterAsync(context.Caller(), username, password);
            if (account.IsActive) await EnterAsync(context, form, account);
            else PageForms.Go(context, Page(form, "waits"));
        }
        catch (FarmException error)
        {
            PageForms.Go(context, Page(form, error.Kind switch
            {
                ErrorKind.Conflict => "taken",
                ErrorKind.Invalid => "name",
                ErrorKind.Forbidden => context.Caller().Role == Role.Stranger ? "closed" : "setup",
                _ => "later",
            }));
        }
    }

    private async Task SignOutAsync(HttpContext context, IFormCollection form)
    {
        if (cookie.Token(context) is { } token) await sessions.EndAsync(token);
        cookie.Clear(context);
        PageForms.Go(context, Back(form));
    }

    private async Task EnterAsync(HttpContext context, IFormCollection form, Account account)
    {
        if (cookie.Token(context) is { } before) await sessions.EndAsync(before);
        cookie.Set(context, await sessions.OpenAsync(account.Id, settings.Lifetime, ClientAddress.Of(context)));
        PageForms.Go(context, Back(form));
    }

    private static string Name(IFormCollection form) => form["username"].ToString();

    private static string Back(IFormCollection form) => LocalAddress.Or(form["back"], "/");

    private static string Page(IFormCollection form, string problem) =>
        $"{SignInAddresses.Page}?problem={problem}&name={Uri.EscapeDataString(Name(form))}&back={Uri.EscapeDataString(Back(form))}";
}
