using System.Globalization;
using Farm.Server.Contracts.Flamenco.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Workers;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>Sleep schedules of workers (Contracts/Flamenco/Contract.md sections 4.7 and 6.4).</summary>
internal sealed class SleepScheduleEndpoints(SleepSchedules schedules)
{
    private const string TimeFormat = "HH:mm";

    /// <summary>fetchWorkerSleepSchedule.</summary>
    public Task FetchAsync(HttpContext context) => schedules.Find(context.Id("worker")) is { } schedule
        ? context.RespondAsync(
            new SleepScheduleMessage(schedule.IsActive, schedule.Days.Text(), Text(schedule.Start), Text(schedule.End)),
            FlamencoJson.Default.SleepScheduleMessage)
        : context.RespondNoContentAsync();

    /// <summary>setWorkerSleepSchedule.</summary>
    public async Task SetAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context);
        var schedule = new SleepSchedule(
            body.Flag("is_active"), body.Enum<SleepDays>("days_of_week", SleepDayNames.TryParse), Time(body, "start_time"), Time(body, "end_time"));
        await schedules.SetAsync(context.Caller(), context.Id("worker"), schedule);
        await context.RespondNoContentAsync();
    }

    private static string Text(TimeOnly? time) => time?.ToString(TimeFormat, CultureInfo.InvariantCulture) ?? "";

    private static TimeOnly? Time(RequestBody body, string name)
    {
        var text = body.Text(name);
        if (text.Length == 0) return null;
        return TimeOnly.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : throw FlamencoException.Malformed($"property \"{name}\" must be a time like 18:00, or empty");
    }
}
