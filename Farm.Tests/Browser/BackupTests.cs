using Farm.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Farm.Tests.Browser;

/// <summary>The backups on the dashboard.</summary>
public sealed class BackupTests(SharedBrowser browser) : BrowserTest(browser)
{
    private ILocator Row => Page.Locator(".backup-table tbody tr");

    [BrowserFact]
    public async Task A_backup_is_made_verified_put_down_for_a_restore_and_removed()
    {
        await EnterAsync("boss", administrator: true);
        await Window.GoToAsync("/status");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Backups" }).ClickAsync();
        await Expect(Page.GetByText("No backups yet.")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Back up now" }).ClickAsync();
        await Expect(Row).ToHaveCountAsync(1);
        await Expect(Row).ToContainTextAsync("database, settings");
        await Expect(Row.Locator(".status")).ToContainTextAsync("ok");
        await Row.GetByRole(AriaRole.Button, new() { Name = "Verify" }).ClickAsync();
        await Expect(Row.Locator(".status")).ToContainTextAsync("ok");

        await Row.GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
        await Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Restore", Exact = true }).ClickAsync();
        await Expect(Page.GetByText("is restored when the server starts next. Restart the server.")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Cancel the restore" }).ClickAsync();
        await Expect(Page.GetByText("is restored when the server starts next. Restart the server.")).ToHaveCountAsync(0);

        await Row.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Expect(Page.GetByText("No backups yet.")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Others_are_asked_to_sign_in()
    {
        await Window.GoToAsync("/backups");
        await Expect(Page.GetByText("Administrators see and restore backups.")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Back up now" })).ToHaveCountAsync(0);
    }
}
