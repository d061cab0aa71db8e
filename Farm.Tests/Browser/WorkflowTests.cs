using Farm.Tests.Browser.Support;
using Farm.Tests.Contracts.FlowServ;
using Microsoft.Playwright;

namespace Farm.Tests.Browser;

/// <summary>The workflows on the dashboard.</summary>
public sealed class WorkflowTests(SharedBrowser browser) : BrowserTest(browser)
{
    [BrowserFact]
    public async Task A_workflow_is_installed_from_an_archive_looked_at_and_removed()
    {
        await EnterAsync("boss", administrator: true);
        await Window.GoToAsync("/workflows");
        await Expect(Page.GetByText("No workflows yet.")).ToBeVisibleAsync();
        await InstallAsync("project.zip", Projects.Zipped(Projects.HelloWorld, "project/"));

        await Page.GetByRole(AriaRole.Link, new() { Name = "Hello World" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Hello World" })).ToBeVisibleAsync();
        await Expect(Page.GetByText("Upload names. One a line.")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Remove Hello World" }).ClickAsync();
        await Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Expect(Page.GetByText("No workflows yet.")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task What_is_wrong_with_an_archive_is_said()
    {
        await EnterAsync("boss", administrator: true);
        await Window.GoToAsync("/workflows");
        await InstallAsync("broken.tar.gz", Projects.Packed(Projects.Of("workflow: {steps: [{name: a, action: {func: x}}]}")));
        await Expect(Page.GetByText("step 'a' is a code step")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Only_administrators_see_how_to_install_and_remove_workflows()
    {
        await EnterAsync("boss", administrator: true);
        await Window.GoToAsync("/workflows");
        await InstallAsync("project.zip", Projects.Zipped(Projects.HelloWorld, "project/"));
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Remove Hello World" })).ToBeVisibleAsync();

        await Page.Context.ClearCookiesAsync();
        await Window.GoToAsync("/workflows");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Hello World" })).ToBeVisibleAsync();
        await Expect(Page.Locator("input[type=file]")).ToHaveCountAsync(0);
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Remove Hello World" })).ToHaveCountAsync(0);
        await Expect(Page.GetByText("Administrators install workflows.")).ToBeVisibleAsync();
    }

    private Task InstallAsync(string name, byte[] archive) =>
        Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = archive });
}
