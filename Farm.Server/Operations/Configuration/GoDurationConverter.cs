using System.ComponentModel;
using System.Globalization;

namespace Farm.Server.Operations.Configuration;

/// <summary>Lets the framework's binder read durations such as <c>10m0s</c>; see <see cref="GoDuration"/>.</summary>
internal sealed class GoDurationConverter : TypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

    /// <inheritdoc/>
    /// <exception cref="FormatException">The text is not a duration.</exception>
    public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        GoDuration.TryParse(((string)value).Trim(), out var duration) ? duration : throw new FormatException($"\"{value}\" is not a duration like 10m0s.");
}
