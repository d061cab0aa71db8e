using Farm.Dashboard.Ports;
using Microsoft.Extensions.Logging;
using Radzen;

namespace Farm.Dashboard.Actions;

/// <summary>Does what a button stands for: asks first where that is due, and says in one sentence how it went.</summary>
public sealed partial class ActionRunner(DialogService dialogs, NotificationService notifications, ILogger<ActionRunner> log)
{
    /// <summary>Runs an action. A refusal is shown and not thrown; <paramref name="done"/> is what to say afterwards.</summary>
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
            notifications.Notify(NotificationSeverity.Error, "That did not work: the farm had a problem of its own, which its log tells.", duration: 10000);
        }
    }

    /// <summary>Asks <paramref name="question"/> first and runs the action only on a yes.</summary>
    public async Task ConfirmAndRunAsync(Confirmation question, Func<Task> action, string done)
    {
        var answer = await dialogs.OpenAsync<ConfirmDialog>(
            question.Title,
            new Dictionary<string, object?> { [nameof(ConfirmDialog.Question)] = question },
            DialogLook());
        if (answer is true)
            await RunAsync(action, done);
    }

    /// <summary>How every dialog looks: it fits a phone, and a press beside it closes it.</summary>
    public static DialogOptions DialogLook() =>
        new() { CloseDialogOnOverlayClick = true, AutoFocusFirstElement = false, Width = "min(30rem, calc(100vw - 2rem))" };

    [LoggerMessage(LogLevel.Error, "An action from the dashboard failed. It would have ended with: {Done}")]
    private static partial void LogFailed(ILogger log, string done, Exception reason);
}

/// <summary>What is asked before something that cannot be taken back.</summary>
public sealed record Confirmation(string Title, string Text, string Yes, string No);
