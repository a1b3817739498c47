namespace Evenkeel.Catalog.Locations;

/// <summary>A point of the earth, in degrees (WGS 84).</summary>
internal readonly record struct GeoPoint(double Latitude, double Longitude)
{
    /// <summary>Mean radius.</summary>
    public const double EarthKilometres = 6_371;

    /// <summary>Null unless both are known.</summary>
    public static GeoPoint? Of(double? latitude, double? longitude) => (latitude, longitude) is ({ } north, { } east) ? new GeoPoint(north, east) : null;

    public static GeoPoint? Of(KnownPlace place) => Of(place.Latitude, place.Longitude);

    /// <summary>Along the surface, as on a sphere: within half a percent.</summary>
    public double KilometresTo(GeoPoint other)
    {
        var (north, otherNorth) = (double.DegreesToRadians(Latitude), double.DegreesToRadians(other.Latitude));
        var (up, aside) = (Math.Sin((otherNorth - north) / 2), Math.Sin(double.DegreesToRadians(other.Longitude - Longitude) / 2));
        return 2 * EarthKilometres * Math.Asin(Math.Min(1, Math.Sqrt((up * up) + (Math.Cos(north) * Math.Cos(otherNorth) * aside * aside))));
    }
}
