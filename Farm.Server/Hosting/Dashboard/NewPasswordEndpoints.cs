using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Operations.Accounts;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>Handles the form with which a person sets their password with a code, and signs them in.</summary>
internal sealed class NewPasswordEndpoints(FarmAccounts accounts, Sessions sessions, SessionCookie cookie, SessionCookieSettings settings)
{
    /// <summary>Maps the route of the form.</summary>
    public static void Map(WebApplication app)
    {
        var endpoints = ActivatorUtilities.CreateInstance<NewPasswordEndpoints>(app.Services);
        var forms = app.Services.GetRequiredService<PageForms>();
        app.MapPost(SignInAddresses.SetPassword, forms.Handle((_, problem) => Page(problem), endpoints.SetPasswordAsync))
            .Allows(RouteAccess.Anyone).WithMetadata(new ProtocolName(DashboardHosting.Name));
    }

    private async Task SetPasswordAsync(HttpContext context, IFormCollection form)
    {
        try
        {
            var caller = context.Caller();
            var account = await accounts.UsePasswordCodeAsync(caller, form["code"].ToString(), form["password"].ToString());
            if (!account.IsActive)
            {
                PageForms.Go(context, Page("waits"));
                return;
            }

            if (cookie.Token(context) is { } before) await sessions.EndAsync(before);
            cookie.Set(context, await sessions.OpenAsync(account.Id, settings.Lifetime, caller.Address));
            PageForms.Go(context, "/me");
        }
        catch (FarmException error)
        {
            PageForms.Go(context, Page(error.Kind switch
            {
                ErrorKind.Forbidden => "code",
                ErrorKind.Invalid => "password",
                ErrorKind.Exhausted => "often",
                _ => "later",
            }));
        }
    }

    /// <summary>Without the code, which belongs into no address: it is typed anew.</summary>
    private static string Page(string problem) => $"{SignInAddresses.PasswordPage}?problem={problem}";
}
