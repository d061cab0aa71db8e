using Farm.Tests.Browser.Support;

namespace Farm.Tests.Browser;

public sealed class KeyboardTests(SharedBrowser browser) : BrowserTest(browser)
{
    private const int Timeout = 60;

    [BrowserFact]
    public async Task An_action_is_reached_with_tab_and_done_with_enter()
    {
        var job = await Farm.SubmitFramesAsync(1);
        await Window.GoToAsync($"/jobs/{job["id"]}");

        await TabToAsync("Pause Shot");
        await Page.Keyboard.PressAsync("Enter");

        await Expect(Status).ToContainTextAsync("paused");
        Assert.Equal("paused", await Farm.StatusOfAsync(job));
    }

    [BrowserFact]
    public async Task A_question_is_answered_with_the_keyboard_alone()
    {
        var job = await Farm.SubmitFramesAsync(1);
        await Window.GoToAsync($"/jobs/{job["id"]}");

        await TabToAsync("Cancel Shot");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Window.Button("Cancel job")).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Window.Button("Cancel job")).ToHaveCountAsync(0);
        Assert.Equal("queued", await Farm.StatusOfAsync(job));

        await Window.Button("Cancel Shot").FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Window.Button("Cancel job")).ToBeVisibleAsync();
        await Window.Button("Cancel job").PressAsync("Enter");
        await Expect(Status).ToContainTextAsync("canceled");
        Assert.Equal("canceled", await Farm.StatusOfAsync(job));
    }

    private async Task TabToAsync(string label)
    {
        for (var presses = 0; presses < Timeout; presses++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await Page.EvaluateAsync<string?>("document.activeElement?.getAttribute('aria-label')") == label) return;
        }

        Assert.Fail($"\"{label}\" is not reached with {Timeout} presses of Tab");
    }
}
