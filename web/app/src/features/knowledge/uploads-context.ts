import { createContext, useContext, useSyncExternalStore } from "react";
import type { Upload, Uploads } from "./uploads.ts";

export const UploadsContext = createContext<Uploads | undefined>(undefined);

/** The uploads of the page. */
export function useUploads(): Uploads {
  const uploads = useContext(UploadsContext);
  if (uploads === undefined) throw new Error("A component that uploads stands outside the uploads' provider.");
  return uploads;
}

/** Those to one source, in the order they were chosen. */
export function useUploadsTo(sourceId: string): readonly Upload[] {
  const uploads = useUploads();
  return useSyncExternalStore(uploads.subscribe, uploads.getSnapshot).filter(
    (upload) => upload.source.sourceId === sourceId,
  );
}
