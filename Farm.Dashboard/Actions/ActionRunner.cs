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
        try
        {
            await action();
            notifications.Notify(NotificationSeverity.Success, done, duration: 3000);
        }
        catch (FarmActionException refusal)
        {
            notifications.Notify(NotificationSeverity.Error, refusal.Message, duration: 10000);
        }
        catch (Exception e)
        {
            LogFailed(log, done, e);
            notifications.Notify(NotificationSeverity.Error, "Server error; see the log.", duration: 10000);
        }
    }

    /// <summary>Runs the action after a confirmation.</summary>
    public async Task ConfirmAndRunAsync(Confirmation question, Func<Task> action, string done)
    {
        var answer = await dialogs.OpenAsync<ConfirmDialog>(
            question.Title,
            new Dictionary<string, object?> { [nameof(ConfirmDialog.Question)] = question },
            DialogLook());
        if (answer is true)
            await RunAsync(action, done);
    }

    /// <summary>The options of every dialog: fits a phone, and closes on a click outside.</summary>
    public static DialogOptions DialogLook() =>
        new() { CloseDialogOnOverlayClick = true, AutoFocusFirstElement = false, Width = "min(30rem, calc(100vw - 2rem))" };

    [LoggerMessage(LogLevel.Error, "Dashboard action failed; expected result: {Done}")]
    private static partial void LogFailed(ILogger log, string done, Exception reason);
}

/// <summary>The texts of a confirmation dialog.</summary>
public sealed record Confirmation(string Title, string Text, string Yes, string No);
