using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Farm.Server.Operations.Configuration;

/// <summary>A list of times of the day, such as <c>03:00</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TimesOfDayAttribute : ValidationAttribute
{
    private const string Format = "HH:mm";

    /// <summary>A time in the settings.</summary>
    public static string Text(TimeOnly time) => time.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The time of a valid text.</summary>
    public static TimeOnly Parse(string text) => TimeOnly.ParseExact(text, Format, CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        ((IReadOnlyList<string>)value!).FirstOrDefault(text => !TimeOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) is { } bad
            ? new ValidationResult($"\"{bad}\" is not a time like 03:00")
            : ValidationResult.Success;
}
