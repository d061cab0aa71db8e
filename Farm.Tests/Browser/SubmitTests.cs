using System.Text.RegularExpressions;
using Farm.Server.Operations.Templates;
using Farm.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Farm.Tests.Browser;

/// <summary>Submitting on the dashboard, from templates and built-in job types.</summary>
public sealed class SubmitTests(SharedBrowser browser) : BrowserTest(browser)
{
    private const string Shots =
        """
        specificationVersion: jobtemplate-2023-09
        name: Shots of {{Param.Film}}
        description: Draws shots.
        parameterDefinitions:
        - {name: Film, type: STRING, description: Which film., userInterface: {label: The film}}
        - {name: Last, type: INT, default: 3, minValue: 1, maxValue: 50, userInterface: {label: Last frame, groupLabel: Frames}}
        - {name: Format, type: STRING, default: PNG, allowedValues: [PNG, EXR]}
        - {name: Draft, type: STRING, default: "off", allowedValues: ["on", "off"], userInterface: {control: CHECK_BOX}}
        - {name: Notes, type: STRING, default: "a\nb", userInterface: {control: MULTILINE_EDIT}}
        - {name: Secret, type: STRING, default: hidden, userInterface: {control: HIDDEN}}
        steps:
        - name: Draw
          parameterSpace: {taskParameterDefinitions: [{name: Frame, type: INT, range: "1-{{Param.Last}}"}]}
          script: {actions: {onRun: {command: draw, args: ["{{Task.Param.Frame}}", "{{Param.Format}}", "{{Param.Draft}}", "{{Param.Secret}}"]}}}
        """;

    [BrowserFact]
    public async Task A_template_is_filled_in_shown_and_submitted()
    {
        Put("shots.yaml", Shots);
        await Window.GoToAsync("/submit");
        await Page.GetByRole(AriaRole.Link, new() { Name = "shots", Exact = true }).ClickAsync();
        await Page.GetByLabel("The film").FillAsync("Sintel");
        await Page.GetByLabel("Last frame").FillAsync("12");
        await Page.GetByLabel("Format").SelectOptionAsync("EXR");
        await Page.GetByLabel("Draft").CheckAsync();
        await Expect(Page.GetByText("hidden")).ToHaveCountAsync(0);

        await Window.Button("Preview tasks").ClickAsync();
        await Expect(Page.Locator(".preview")).ToContainTextAsync("Shots of Sintel");
        await Expect(Page.Locator(".preview li").First).ToContainTextAsync("draw 1 EXR on hidden");
        await Expect(Page.Locator(".preview li")).ToHaveCountAsync(11);
        Assert.Empty((await Farm.GetAsync("/api/v3/jobs"))["jobs"]!.AsArray());

        await Window.Button("Submit").ClickAsync();
        await Expect(Page).ToHaveURLAsync(new Regex("/jobs/[0-9a-f-]{36}$"));
        var job = (await Farm.GetAsync("/api/v3/jobs"))["jobs"]![0]!;
        Assert.Equal(
            """{"Film":"Sintel","Last":12,"Format":"EXR","Draft":"on","Notes":"a\nb","Secret":"hidden"}""", job["settings"]!.ToJsonString());
        Assert.Equal(("Shots of Sintel", 12), ((string)job["name"]!, (int)job["steps_total"]!));
    }

    [BrowserFact]
    public async Task What_is_wrong_is_said_beside_its_field()
    {
        Put("shots.yaml", Shots);
        await Window.GoToAsync("/submit/shots");
        await Page.GetByLabel("Last frame").FillAsync("99");

        await Window.Button("Submit").ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Correct 2 fields below");
        await Expect(Page.Locator("#field-Film-problem")).ToContainTextAsync("The film is missing: Which film.");
        await Expect(Page.Locator("#field-Last-problem")).ToContainTextAsync("Last frame must be at most 50, but is 99.");
        await Expect(Page.GetByLabel("Last frame")).ToHaveAttributeAsync("aria-invalid", "true");
        await Page.GetByLabel("Last frame").FillAsync("9");
        await Page.GetByLabel("The film").FillAsync("Sintel");
        await Expect(Page.Locator("#field-Last-problem")).ToHaveCountAsync(0);
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page).ToHaveURLAsync(new Regex("/jobs/"));
    }

    [BrowserFact]
    public async Task What_was_filled_in_is_there_again_until_the_defaults_are_asked_for()
    {
        Put("shots.yaml", Shots);
        await Window.GoToAsync("/submit/shots");
        await Page.GetByLabel("The film").FillAsync("Sintel");
        await Page.GetByLabel("Last frame").FillAsync("7");
        await Page.GetByLabel("Last frame").PressAsync("Tab");
        await Page.GetByLabel("Format").SelectOptionAsync("EXR");
        await Expect(Page.GetByLabel("Format")).ToHaveValueAsync("EXR");
        await Page.WaitForFunctionAsync("() => (localStorage.getItem('farm-submit-shots') || '').includes('EXR')");

        await Page.ReloadAsync();
        await Window.AliveAsync();
        await Expect(Page.GetByLabel("The film")).ToHaveValueAsync("Sintel");
        await Expect(Page.GetByLabel("Last frame")).ToHaveValueAsync("7");

        await Window.Button("Reset to defaults").ClickAsync();
        await Expect(Page.GetByLabel("The film")).ToHaveValueAsync("");
        await Expect(Page.GetByLabel("Last frame")).ToHaveValueAsync("3");
    }

    [BrowserFact]
    public async Task Broken_templates_are_shown_with_line_and_reason_and_come_and_go_by_themselves()
    {
        await Window.GoToAsync("/submit");
        await Expect(Page.GetByText("Templates with errors")).ToHaveCountAsync(0);

        Put("broken.yaml", Shots.Replace("maxValue: 50", "maxValue: 0"));
        await Expect(Page.Locator(".broken-template")).ToContainTextAsync("broken.yaml");
        await Expect(Page.Locator(".faults tbody tr").First).ToContainTextAsync("parameterDefinitions[1].minValue");
        await Expect(Page.Locator(".faults tbody tr").First.Locator("td").First).ToHaveTextAsync("6");

        Put("broken.yaml", Shots);
        await Expect(Page.Locator(".broken-template")).ToHaveCountAsync(0);
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "broken", Exact = true })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_built_in_type_is_submitted_too()
    {
        await Window.GoToAsync("/submit/echo-sleep-test");
        await Page.GetByLabel("Message").FillAsync("hello");
        await Window.Button("Submit").ClickAsync();

        await Expect(Page).ToHaveURLAsync(new Regex("/jobs/"));
        Assert.Equal("hello", (string)(await Farm.GetAsync("/api/v3/jobs"))["jobs"]![0]!["settings"]!["message"]!);
    }

    /// <summary>Puts a template where the farm finds it, changed for sure.</summary>
    private void Put(string name, string text)
    {
        var path = Path.Combine(Farm.Data, "farm", "templates", name);
        var before = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : DateTime.UnixEpoch;
        File.WriteAllText(path, text);
        if (File.GetLastWriteTimeUtc(path) <= before) File.SetLastWriteTimeUtc(path, before.AddSeconds(1));
        Farm.Service<TemplateFolder>().Scan(readImmediately: true);
    }
}

/// <summary>The same on a phone.</summary>
public sealed class SubmitOnSmallScreenTests(SharedBrowser browser) : BrowserTest(browser)
{
    protected override int Width => 390;

    [BrowserFact]
    public async Task The_form_and_the_list_are_not_wider_than_the_screen()
    {
        foreach (var page in new[] { "/submit", "/submit/simple-blender-render", "/submit/command-line" })
        {
            await Window.GoToAsync(page);
            Assert.True(
                await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{page} is wider than the screen");
        }
    }
}
