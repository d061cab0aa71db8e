using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>Handles the form of the setup page: makes the first administrator, signs them in, and saves what visitors may do.</summary>
internal sealed class SetupEndpoints(
    FarmAccounts accounts, Sessions sessions, SessionCookie cookie, SessionCookieSettings settings, SetupAssistant assistant)
{
    /// <summary>Maps the route of the form.</summary>
    public static void Map(WebApplication app)
    {
        var endpoints = ActivatorUtilities.CreateInstance<SetupEndpoints>(app.Services);
        var forms = app.Services.GetRequiredService<PageForms>();
        app.MapPost(SignInAddresses.SetUp, forms.Handle(Page, endpoints.SetUpAsync)).Allows(RouteAccess.Anyone).WithMetadata(new ProtocolName(DashboardHosting.Name));
    }

    private async Task SetUpAsync(HttpContext context, IFormCollection form)
    {
        var (username, password) = (form["username"].ToString(), form["password"].ToString());
        if (CredentialRules.WhyNameNotAllowed(username) is not null) PageForms.Go(context, Page(form, "name"));
        else if (PasswordRules.WhyNotAllowed(username, password) is not null) PageForms.Go(context, Page(form, "password"));
        else if (!Enum.TryParse<AccessMode>(form["access"], ignoreCase: true, out var access) || !Enum.IsDefined(access)) throw new BadHttpRequestException("\"access\" must be submit, open or closed");
        else await SetUpAsync(context, form, username, password, access);
    }

    private async Task SetUpAsync(HttpContext context, IFormCollection form, string username, string password, AccessMode access)
    {
        try
        {
            var caller = context.Caller();
            var account = await accounts.SetUpAsync(caller, form["code"].ToString(), username, password);
            // After the account, so that nobody without the code changes a setting. If it cannot be saved, the farm is as closed as it can be.
            await assistant.SetAccessAsync(caller with { Account = account, Role = account.Role }, access);
            cookie.Set(context, await sessions.OpenAsync(account.Id, settings.Lifetime, caller.Address));
            PageForms.Go(context, "/");
        }
        catch (FarmException error)
        {
            PageForms.Go(context, Page(form, error.Kind switch
            {
                ErrorKind.Forbidden => "code",
                ErrorKind.Conflict when error.Message.Contains("username") => "taken",
                ErrorKind.Conflict => "done",
                ErrorKind.Invalid => "name",
                _ => "later",
            }));
        }
    }

    private static string Page(IFormCollection form, string problem) =>
        $"{SignInAddresses.SetupPage}?problem={problem}&name={Uri.EscapeDataString(form["username"].ToString())}";
}
