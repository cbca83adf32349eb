using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Bridge.Relayer.Configuration;

/// <summary>Finds the key that the binder refused, with its full name: the binder names only the last part of it.</summary>
internal static class UnknownKeys
{
    public static string? Describe(IConfigurationSection section) =>
        First(section, typeof(BridgeOptions)) is { } key ? $"{key}: there is no such key. appsettings.json documents every one." : null;

    private static string? First(IConfigurationSection section, Type type)
    {
        foreach (var child in section.GetChildren())
        {
            var found = Property(type, child.Key) is { } known ? Below(child, known.PropertyType) : child.Path;
            if (found is not null) return found;
        }
        return null;
    }

    private static string? Below(IConfigurationSection section, Type type)
    {
        if (type == typeof(string) || type.IsValueType) return null;
        if (!typeof(IEnumerable).IsAssignableFrom(type)) return type.IsGenericType ? Entries(section, type) : First(section, type);
        return Entries(section, type);
    }

    private static string? Entries(IConfigurationSection section, Type type)
    {
        var element = type.GetGenericArguments()[^1];
        return section.GetChildren().Select(entry => Below(entry, element)).FirstOrDefault(found => found is not null);
    }

    private static PropertyInfo? Property(Type type, string name) =>
        type.GetProperties().FirstOrDefault(p => p.CanWrite && p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
