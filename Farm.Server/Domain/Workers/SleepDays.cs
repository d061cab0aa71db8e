namespace Farm.Server.Domain.Workers;

/// <summary>Days of the week, as a set. The numbers are stored in the database: never renumber.</summary>
[Flags]
internal enum SleepDays
{
    /// <summary>No day is set, which means every day.</summary>
    None = 0,

    /// <summary>Sunday.</summary>
    Sunday = 1,

    /// <summary>Monday.</summary>
    Monday = 2,

    /// <summary>Tuesday.</summary>
    Tuesday = 4,

    /// <summary>Wednesday.</summary>
    Wednesday = 8,

    /// <summary>Thursday.</summary>
    Thursday = 16,

    /// <summary>Friday.</summary>
    Friday = 32,

    /// <summary>Saturday.</summary>
    Saturday = 64,
}

/// <summary>The names of days of the week (Contracts/Flamenco/Contract.md section 4.7).</summary>
internal static class SleepDayNames
{
    private static readonly (string Word, SleepDays Day)[] Words =
    [
        ("mo", SleepDays.Monday), ("tu", SleepDays.Tuesday), ("we", SleepDays.Wednesday), ("th", SleepDays.Thursday),
        ("fr", SleepDays.Friday), ("sa", SleepDays.Saturday), ("su", SleepDays.Sunday),
    ];

    /// <summary>
    /// Parses days separated by spaces or commas, such as <c>Monday tue</c>; only the first two letters count. False if a word is not a
    /// day.
    /// </summary>
    public static bool TryParse(string text, out SleepDays days)
    {
        days = SleepDays.None;
        foreach (var word in text.Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            var known = Array.FindIndex(Words, entry => word.StartsWith(entry.Word, StringComparison.OrdinalIgnoreCase));
            if (known < 0) return false;
            days |= Words[known].Day;
        }

        return true;
    }

    /// <summary>The days as two-letter words, Monday first, such as <c>mo tu</c>; empty for every day.</summary>
    public static string Text(this SleepDays days) =>
        string.Join(' ', Words.Where(entry => days.HasFlag(entry.Day)).Select(entry => entry.Word));

    /// <summary>Whether a day is included; if no day is set, every day is.</summary>
    public static bool Includes(this SleepDays days, DayOfWeek day) =>
        days == SleepDays.None || days.HasFlag((SleepDays)(1 << (int)day));
}
