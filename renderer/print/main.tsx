import { startPage } from '../start-page.tsx';
import { PrintPage } from './print-page.tsx';

await startPage(<PrintPage />);
