using Farm.Dashboard.Ports;
using Microsoft.Extensions.Logging;
using Radzen;

namespace Farm.Dashboard.Actions;

/// <summary>Runs the actions of buttons, with confirmation if needed, and shows the result.</summary>
public sealed partial class ActionRunner(DialogService dialogs, NotificationService notifications, ILogger<ActionRunner> log)
{
    /// <summary>Runs an action and shows <paramref name="done"/>, or the error.</summary>
    public async Task RunAsync(Func<Task> action, string done)
    {
        if (await TryAsync(action, done) is { } problem) notifications.Notify(NotificationSeverity.Error, problem, duration: 10000);
    }

    /// <summary>Runs an action and shows <paramref name="done"/>; returns the error, for a form that shows it in its place, or null.</summary>
    public async Task<string?> TryAsync(Func<Task> action, string done)
    {
        try
        {
            await action();
            notifications.Notify(NotificationSeverity.Success, done, duration: 3000);
            return null;
        }
        catch (FarmActionException refusal)
        {
            return refusal.Message;
        }
        catch (Exception e)
        {
            LogFailed(log, done, e);
            return "Server error; see the log.";
        }
    }

    /// <summary>Runs the action after a confirmation.</summary>
    public async Task ConfirmAndRunAsync(Confirmation question, Func<Task> action, string done)
    {
        if (await ConfirmAsync(question)) await RunAsync(action, done);
    }

    /// <summary>Runs the action after a confirmation; returns the error, for a form that shows it in its place, or null.</summary>
    public async Task<string?> ConfirmAndTryAsync(Confirmation question, Func<Task> action, string done) =>
        await ConfirmAsync(question) ? await TryAsync(action, done) : null;

    private async Task<bool> ConfirmAsync(Confirmation question) => await dialogs.OpenAsync<ConfirmDialog>(
        question.Title,
        new Dictionary<string, object?> { [nameof(ConfirmDialog.Question)] = question },
        DialogLook()) is true;

    /// <summary>The options of every dialog: fits a phone, and closes on a click outside.</summary>
    public static DialogOptions DialogLook() =>
        new() { CloseDialogOnOverlayClick = true, AutoFocusFirstElement = false, Width = "min(30rem, calc(100vw - 2rem))" };

    [LoggerMessage(LogLevel.Error, "Dashboard action failed; expected result: {Done}")]
    private static partial void LogFailed(ILogger log, string done, Exception reason);
}

/// <summary>The texts of a confirmation dialog.</summary>
public sealed record Confirmation(string Title, string Text, string Yes, string No);
