import { startPage } from '../start-page.tsx';
import { WallboardPage } from './wallboard-page.tsx';

await startPage(<WallboardPage />);
