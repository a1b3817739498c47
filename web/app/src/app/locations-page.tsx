import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { LocationList } from "../features/catalogue/location-list.tsx";
import { LocationView } from "../features/catalogue/location-view.tsx";
import { AdminPage } from "./admin-page.tsx";

/** The places of the catalogue, or one of them. */
export function LocationsPage() {
  const { t } = useTranslation();
  const { location } = useParams();
  return (
    <AdminPage title={t("catalogue.locations")}>
      {location === undefined ? <LocationList /> : <LocationView key={location} locationId={location} />}
    </AdminPage>
  );
}
